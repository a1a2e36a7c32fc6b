export const ENROLMENT_LEVELS = ['bachelor', 'master', 'doctor', 'non-degree'] as const;
export type EnrolmentLevel = (typeof ENROLMENT_LEVELS)[number];

/** 正規生, 研究生, 科目等履修生, 特別聴講学生 (exchange). */
export const STUDENT_CATEGORIES = ['regular', 'research', 'credited-auditor', 'special-auditor'] as const;
export type StudentCategory = (typeof STUDENT_CATEGORIES)[number];
export type NonRegularCategory = Exclude<StudentCategory, 'regular'>;

/** 在籍, 卒業・修了, 退学, 単位取得退学, 除籍. Leave (休学) is a period within `enrolled`. */
export const ENROLMENT_STATUSES = [
  'enrolled',
  'graduated',
  'withdrawn',
  'coursework-completed',
  'struck-off',
] as const;
export type EnrolmentStatus = (typeof ENROLMENT_STATUSES)[number];

/** A person of the register. Names are kept code point for code point and never normalised. */
export type Person = {
  readonly id: string;
  readonly nameJa: string;
  readonly nameKana: string;
  /** As printed in English; null when the register has none. */
  readonly nameRoman: string | null;
  readonly birthDate: Temporal.PlainDate;
};

/** Days both included. */
export type Leave = { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate };

/** One stay of a person in one programme under one student number. */
export type Enrolment = {
  readonly id: string;
  readonly personId: string;
  readonly studentNumber: string;
  /** Codes of organisation.yaml. */
  readonly faculty: string;
  readonly programme: string;
  readonly level: EnrolmentLevel;
  readonly category: StudentCategory;
  readonly status: EnrolmentStatus;
  readonly yearOfStudy: number;
  readonly admissionDate: Temporal.PlainDate;
  readonly expectedGraduationDate: Temporal.PlainDate | null;
  /** The day the enrolment ended, by whatever way; null while it lasts. */
  readonly leftOn: Temporal.PlainDate | null;
  readonly leave: Leave | null;
};

export const HOLD_REASONS = ['tuition', 'library', 'documents', 'discipline'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** 発行制限: blocks ordering, for a whole person or one enrolment. */
export type Hold = {
  readonly id: string;
  /** Null: for everything of the person. */
  readonly enrolmentId: string | null;
  readonly reason: HoldReason;
  readonly from: Temporal.PlainDate;
  /** The last day; null until the office ends it. */
  readonly until: Temporal.PlainDate | null;
};

export type PersonRegister = {
  readonly person: Person;
  /** Newest first. */
  readonly enrolments: readonly Enrolment[];
  readonly holds: readonly Hold[];
};

const between = (
  from: Temporal.PlainDate,
  date: Temporal.PlainDate,
  until: Temporal.PlainDate | null,
): boolean =>
  Temporal.PlainDate.compare(from, date) <= 0 &&
  (until === null || Temporal.PlainDate.compare(date, until) <= 0);

/** Whether the person is a student under this enrolment on a Tokyo date. */
export const isCurrent = (enrolment: Enrolment, date: Temporal.PlainDate): boolean =>
  enrolment.status === 'enrolled' && Temporal.PlainDate.compare(enrolment.admissionDate, date) <= 0;

/** The leave in force on a date, or null. */
export const leaveOn = (enrolment: Enrolment, date: Temporal.PlainDate): Leave | null =>
  enrolment.leave !== null &&
  isCurrent(enrolment, date) &&
  between(enrolment.leave.from, date, enrolment.leave.until)
    ? enrolment.leave
    : null;

/** The holds in force on a date for an enrolment, those of the whole person among them. */
export const holdsOn = (holds: readonly Hold[], enrolmentId: string, date: Temporal.PlainDate): Hold[] =>
  holds.filter(
    (hold) =>
      (hold.enrolmentId === null || hold.enrolmentId === enrolmentId) && between(hold.from, date, hold.until),
  );

/** The last expected graduation among enrolments that still run; null where none is known. */
export const lastGraduation = ({ enrolments }: PersonRegister): Temporal.PlainDate | null =>
  enrolments
    .filter(({ status }) => status === 'enrolled')
    .map(({ expectedGraduationDate }) => expectedGraduationDate)
    .filter((date) => date !== null)
    .sort(Temporal.PlainDate.compare)
    .at(-1) ?? null;
