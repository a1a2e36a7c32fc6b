import type { EligibilitySubject } from '#domain/eligibility/eligibility.ts';
import type { EligibilityRuleName } from '#domain/eligibility/rules.ts';
import { checkEligibility } from '#domain/eligibility/rules.ts';
import type { Enrolment, EnrolmentFacts } from '#domain/person/person.ts';
import { NO_FACTS } from '#domain/person/person.ts';

export const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** Noon in Tokyo. */
export const noon = (text: string): Temporal.Instant => Temporal.Instant.from(`${text}T12:00:00+09:00`);

const enrolment: Enrolment = {
  id: 'e1',
  personId: 'p1',
  studentNumber: '1029310001',
  faculty: 'engineering',
  programme: 'informatics',
  level: 'bachelor',
  category: 'regular',
  status: 'enrolled',
  yearOfStudy: 3,
  admissionDate: day('2024-04-01'),
  expectedGraduationDate: day('2028-03-24'),
  leftOn: null,
  leave: null,
};

/** A third-year student on 24 November 2026 about whom nothing is unusual. */
export const subject: EligibilitySubject = {
  person: {
    id: 'p1',
    nameJa: '佐藤 美咲',
    nameKana: 'サトウ ミサキ',
    nameRoman: 'SATO Misaki',
    birthDate: day('2005-07-14'),
  },
  enrolment,
  holds: [],
  language: 'ja',
  now: noon('2026-11-24'),
  facts: NO_FACTS,
  credits: { earned: 80, registered: 16 },
  healthExaminations: [],
  programme: { years: 4, requiredCredits: 124 },
  conditions: { opensOn: null, yearEndStop: null, limits: null },
  closures: [],
  paperOnly: false,
  ordered: { today: 0, thisAcademicYear: 0 },
  copies: 1,
};

export type Change = Partial<EligibilitySubject>;

/** `ok`, or the reason and the date from which it will be possible. */
export const ask = (name: EligibilityRuleName, change: Change = {}): string => {
  const answer = checkEligibility([name], { ...subject, ...change });
  return answer.eligible ? 'ok' : [answer.reason, answer.from?.toString()].filter(Boolean).join(' ');
};

export const enrolled = (change: Partial<Enrolment>): Change => ({ enrolment: { ...enrolment, ...change } });
export const knowing = (facts: Partial<EnrolmentFacts>): Change => ({ facts: { ...NO_FACTS, ...facts } });
