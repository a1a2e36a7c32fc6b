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

/** A degree (学位) conferred at the end of an enrolment. */
export type Degree = {
  readonly nameJa: string;
  readonly nameEn: string;
  /** 専攻分野; null where the degree has none. */
  readonly fieldJa: string | null;
  readonly fieldEn: string | null;
  readonly conferredOn: Temporal.PlainDate;
  /** 学位記番号. */
  readonly diplomaNumber: string | null;
};

/** 学生証. */
export type StudentCard = {
  readonly number: string;
  readonly issuedOn: Temporal.PlainDate;
  /** The last day on which it is valid. */
  readonly expiresOn: Temporal.PlainDate;
};

export type HealthExamination = {
  readonly examinedOn: Temporal.PlainDate;
  /** The first day on which its results may be certified. */
  readonly releasedOn: Temporal.PlainDate;
  readonly physicianJa: string;
  readonly physicianEn: string;
  /** Whether the health centre has signed an English form. */
  readonly englishForm: boolean;
  readonly findings: readonly {
    readonly itemJa: string;
    readonly itemEn: string;
    readonly resultJa: string;
    readonly resultEn: string;
  }[];
};

/** A course as the register knows it at an instant: with its grade where that is released, else being taken. */
export type RecordedCourse = {
  readonly academicYear: number;
  readonly termJa: string;
  readonly termEn: string;
  readonly courseNumber: string;
  readonly titleJa: string;
  readonly titleEn: string;
  readonly categoryJa: string | null;
  readonly categoryEn: string | null;
  /** Half-steps. */
  readonly credits: number;
  /** Null while it is being taken. */
  readonly grade: string | null;
  readonly gradePoint: number | null;
};

/** What the register knows of one enrolment besides its dates. */
export type EnrolmentFacts = {
  /** Release instants of the terms in which this enrolment has grades. */
  readonly gradeReleases: readonly Temporal.Instant[];
  /** In printed order: by term and course number. */
  readonly courses: readonly RecordedCourse[];
  readonly degree: Degree | null;
  readonly studentCard: StudentCard | null;
  /** When graduation may be certified; null: from the beginning of the day of graduation. */
  readonly certifiedFrom: Temporal.Instant | null;
  /** When the course requirements were met, of a withdrawal after their completion. */
  readonly requirementsMetOn: Temporal.PlainDate | null;
};

export type PersonFacts = {
  /** By the id of the enrolment. */
  readonly enrolments: ReadonlyMap<string, EnrolmentFacts>;
  readonly healthExaminations: readonly HealthExamination[];
  /** When grades are released next in a term of theirs, and the courses read otherwise; null: not foreseen. */
  readonly nextRelease: Temporal.Instant | null;
};

/** Of an enrolment about which the register knows nothing more. */
export const NO_FACTS: EnrolmentFacts = {
  gradeReleases: [],
  courses: [],
  degree: null,
  studentCard: null,
  certifiedFrom: null,
  requirementsMetOn: null,
};

export type PersonRegister = {
  readonly person: Person;
  /** Newest first. */
  readonly enrolments: readonly Enrolment[];
  readonly holds: readonly Hold[];
};

/** The register and the facts as they were at one instant. */
export type PersonRecord = PersonRegister & { readonly facts: PersonFacts };

const between = (
  from: Temporal.PlainDate,
  date: Temporal.PlainDate,
  until: Temporal.PlainDate | null,
): boolean =>
  Temporal.PlainDate.compare(from, date) <= 0 &&
  (until === null || Temporal.PlainDate.compare(date, until) <= 0);

/**
 * Whether the person is a student under this enrolment on a Tokyo date: from the day of admission to the last day,
 * which the register may know in advance (卒業判定 comes before the ceremony).
 */
export const isCurrent = (
  enrolment: Pick<Enrolment, 'admissionDate' | 'leftOn'>,
  date: Temporal.PlainDate,
): boolean => between(enrolment.admissionDate, date, enrolment.leftOn);

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
