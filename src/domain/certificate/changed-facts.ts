import type { EnrolmentStatus } from '../person/person.ts';
import type { CertificateSnapshot } from './snapshot.ts';

export const CHANGED_FACTS = ['name', 'birth-date', 'programme', 'status'] as const;
export type ChangedFact = (typeof CHANGED_FACTS)[number];

/** What a certificate would say, with the enrolment's status, which it does not print. */
export type Facts = { readonly snapshot: CertificateSnapshot; readonly status: EnrolmentStatus | null };

const READERS: Readonly<Record<ChangedFact, (facts: Facts) => unknown>> = {
  name: ({ snapshot: { person } }) => [person.nameJa, person.nameRoman],
  'birth-date': ({ snapshot: { person } }) => person.birthDate,
  programme: ({ snapshot: { enrolment } }) => [
    enrolment.facultyJa,
    enrolment.facultyEn,
    enrolment.programmeJa,
    enrolment.programmeEn,
    enrolment.level,
  ],
  status: ({ snapshot: { enrolment }, status }) => [
    status,
    enrolment.onLeave?.from ?? null,
    enrolment.onLeave?.until ?? null,
  ],
};

/**
 * Which of the facts that a student must confirm again differ between what was frozen and what the register says now.
 * Names are compared code point for code point. Grades are not among them: a transcript says what was released when it
 * was ordered.
 */
export const changedFacts = (frozen: Facts, now: Facts): ChangedFact[] =>
  CHANGED_FACTS.filter(
    (fact) => JSON.stringify(READERS[fact](frozen)) !== JSON.stringify(READERS[fact](now)),
  );
