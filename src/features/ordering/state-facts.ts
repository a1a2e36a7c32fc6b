import { academicRecordOf, scaleFor } from '#domain/certificate/academic-record.ts';
import type { SnapshotContent } from '#domain/certificate/snapshot.ts';
import type { ConferredDegree, DegreeName, EnrolmentEnd, Statement } from '#domain/certificate/statement.ts';
import { academicYear, ageOn, tokyoDate } from '#domain/dates.ts';
import { examinationOfYear } from '#domain/eligibility/rules/health-examined.ts';
import { AkashiError } from '#domain/error.ts';
import type { Enrolment } from '#domain/person/person.ts';
import { findProgramme } from '#domain/university/university.ts';
import type { OrderingDependencies } from './dependencies.ts';
import type { Wish } from './wish.ts';

/** Months for which a fare discount is valid (学校学生生徒旅客運賃割引証取扱要領: 発行の日から3か月間). */
const FARE_DISCOUNT_MONTHS = 3;
const FARE_DISCOUNT_PERCENT = 20;

const CATEGORY_NAMES = {
  research: { ja: '研究生', en: 'Research Student' },
  'credited-auditor': { ja: '科目等履修生', en: 'Credited Auditor' },
  'special-auditor': { ja: '特別聴講学生', en: 'Special Auditing Student' },
} as const;

/** Eligibility was checked before: a fact that is missing here is a contradiction, not a refusal. */
const need = <Value>(value: Value | null | undefined, fact: string): Value => {
  if (value === null || value === undefined) throw new AkashiError('unavailable', { missing: fact });
  return value;
};

const conferred = ({ facts }: Wish): ConferredDegree | null => {
  const { degree } = facts;
  if (degree === null) return null;
  const { conferredOn, ...names } = degree;
  return { ...names, conferredOn: conferredOn.toString() };
};

/** The degree that the programme leads to. */
const expectedDegree = ({ university }: OrderingDependencies, enrolment: Enrolment): DegreeName | null => {
  const programme = findProgramme(university.faculties, enrolment)?.programme;
  const { degreeJa = null, degreeEn = null } = programme ?? {};
  if (degreeJa === null || degreeEn === null) return null;
  return { nameJa: degreeJa, nameEn: degreeEn, fieldJa: null, fieldEn: null };
};

const endOf = ({ status, level }: Enrolment): EnrolmentEnd => {
  switch (status) {
    case 'graduated':
      return level === 'bachelor' ? 'graduated' : 'completed';
    case 'withdrawn':
    case 'coursework-completed':
      return status;
    case 'enrolled':
    case 'struck-off':
      throw new AkashiError('unavailable', { status });
  }
};

const periodOf = ({ admissionDate, leftOn }: Enrolment) => ({
  from: admissionDate.toString(),
  until: need(leftOn, 'left_on').toString(),
});

type Stating<Kind> = Extract<Statement, { kind: Kind }>;

const fareDiscount = (wish: Wish, today: Temporal.PlainDate): Stating<'fare-discount'> => {
  const { facts, person, details } = wish;
  const card = need(facts.studentCard, 'student card');
  const wanted = need(details.fareDiscount, 'fare discount details');
  const threeMonths = today.add({ months: FARE_DISCOUNT_MONTHS }).subtract({ days: 1 });
  const validUntil =
    Temporal.PlainDate.compare(card.expiresOn, threeMonths) < 0 ? card.expiresOn : threeMonths;
  return {
    kind: 'fare-discount',
    purposeCode: wanted.purpose.code,
    purposeJa: wanted.purpose.ja,
    sectionFrom: wanted.sectionFrom,
    sectionTo: wanted.sectionTo,
    discountPercent: FARE_DISCOUNT_PERCENT,
    validUntil: validUntil.toString(),
    studentCardIssuedOn: card.issuedOn.toString(),
    studentCardNumber: card.number,
    age: ageOn(person.birthDate, today),
  };
};

const health = ({ healthExaminations }: Wish, today: Temporal.PlainDate): Stating<'health'> => {
  const examination = need(examinationOfYear(healthExaminations, today), 'health examination');
  return {
    kind: 'health',
    examinedOn: examination.examinedOn.toString(),
    findings: examination.findings.map((finding) => ({ ...finding })),
    physicianJa: examination.physicianJa,
    physicianEn: examination.physicianEn,
  };
};

const registration = ({
  category,
  admissionDate,
  expectedGraduationDate,
}: Enrolment): Stating<'registration'> => {
  if (category === 'regular') throw new AkashiError('unavailable', { category });
  return {
    kind: 'registration',
    category,
    categoryJa: CATEGORY_NAMES[category].ja,
    categoryEn: CATEGORY_NAMES[category].en,
    from: admissionDate.toString(),
    until: expectedGraduationDate?.toString() ?? null,
  };
};

type WithoutRecord = Exclude<SnapshotContent, { academicRecord: object }>['statement'];

const statementOf = (
  dependencies: OrderingDependencies,
  wish: Wish,
  kind: WithoutRecord['kind'],
  today: Temporal.PlainDate,
): WithoutRecord => {
  const { enrolment, facts } = wish;
  switch (kind) {
    case 'enrolment':
      return { kind };
    case 'expected-graduation':
    case 'expected-completion': {
      const expectedOn = need(enrolment.expectedGraduationDate, 'expected date').toString();
      return { kind, expectedOn, degree: expectedDegree(dependencies, enrolment) };
    }
    case 'graduation':
      return { kind, graduatedOn: periodOf(enrolment).until, degree: conferred(wish) };
    case 'completion':
      return { kind, completedOn: periodOf(enrolment).until, degree: conferred(wish) };
    case 'degree':
      return { kind, degree: need(conferred(wish), 'degree') };
    case 'registration':
      return registration(enrolment);
    case 'enrolment-period': {
      const { leave } = enrolment;
      const leaves = leave === null ? [] : [{ from: leave.from.toString(), until: leave.until.toString() }];
      return { kind, period: periodOf(enrolment), end: endOf(enrolment), leaves };
    }
    case 'coursework-completed': {
      const requirementsMetOn = facts.requirementsMetOn?.toString() ?? null;
      return { kind, period: periodOf(enrolment), requirementsMetOn };
    }
    case 'withdrawal':
      return { kind, period: periodOf(enrolment), withdrawnOn: periodOf(enrolment).until };
    case 'health':
      return health(wish, today);
    case 'fare-discount':
      return fareDiscount(wish, today);
  }
};

/** The statement of a certificate with its facts as the register has them now, and its record of courses. */
export const contentOf = (
  dependencies: OrderingDependencies,
  wish: Wish,
  now: Temporal.Instant,
): SnapshotContent => {
  const { enrolment, facts, type, language } = wish;
  const kind = type.statement;
  if (kind !== 'transcript' && kind !== 'transcript-and-graduation') {
    return { statement: statementOf(dependencies, wish, kind, tokyoDate(now)), academicRecord: null };
  }
  const { grading, academicRecord: settings } = dependencies.university;
  const scale = scaleFor(grading, academicYear(enrolment.admissionDate));
  const academicRecord = academicRecordOf(facts.courses, { scale, settings, language });
  if (kind === 'transcript') return { statement: { kind }, academicRecord };
  const end = endOf(enrolment);
  if (end !== 'graduated' && end !== 'completed') throw new AkashiError('unavailable', { end });
  const endedOn = periodOf(enrolment).until;
  return { statement: { kind, end, endedOn, degree: conferred(wish) }, academicRecord };
};
