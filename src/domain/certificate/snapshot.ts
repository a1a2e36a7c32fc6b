import type { EnrolmentLevel } from '../person/person.ts';
import type { IsoDate, Statement, TranscriptKind } from './statement.ts';

/** Languages in which a certificate can be printed. */
export type CertificateLanguage = 'ja' | 'en';

/** Earned: counts towards the credits. Repeated: failed, and taken again later in the same record. */
export type CourseStanding = 'earned' | 'failed' | 'repeated' | 'running';

/** One row of an academic record, in printed order. */
export type AcademicRecordRow = {
  academicYear: number;
  term: string;
  courseNumber: string;
  titleJa: string;
  titleEn: string;
  /** Half-steps. */
  credits: number;
  /** The letter or word as recorded, such as `A+` or `認定`; of a running course what the configuration calls it. */
  grade: string;
  /** Null where the grade does not count towards the GPA. */
  gradePoint: number | null;
  standing: CourseStanding;
  /** The group of courses it belongs to, `専門科目`; null where the register names none. */
  categoryJa: string | null;
  categoryEn: string | null;
};

/** One line of the grading legend in force for the person's year of entrance. */
export type GradeLegendEntry = {
  grade: string;
  meaningJa: string;
  meaningEn: string;
  /** Null where the grade does not count towards the GPA. */
  gradePoint: number | null;
};

export type CreditTotal = { categoryJa: string; categoryEn: string; credits: number };

export type AcademicRecord = {
  rows: AcademicRecordRow[];
  /** Weighted by credits, two decimals; null where no grade counts or the university prints none. */
  gradePointAverage: number | null;
  /** Of the rows earned. */
  totalCredits: number;
  /** By category, in the order of the rows; empty where the register names no categories. */
  creditTotals: CreditTotal[];
  legend: GradeLegendEntry[];
};

/** In which era a Japanese certificate writes its dates: 2026年 or 令和8年. English ones are always western. */
export type DateEra = 'western' | 'japanese';

/**
 * Everything a certificate says, frozen when its order is submitted. Paper, signed PDF, seal and verification page
 * are all made from this one value; it is stored as JSON, so dates are ISO strings. What was stored before is read
 * with `readSnapshot`.
 */
export type CertificateSnapshot = {
  /** A code of certificates.yaml, such as `enrolment` or `transcript`. */
  certificateType: string;
  /**
   * File name, without `.typ`, of the template it is typeset with. Frozen, so that a copy made years later is set as the
   * type was set then: a template that was ever in use stays in the university folder.
   */
  template: string;
  language: CertificateLanguage;
  titleJa: string;
  titleEn: string;
  dateEra: DateEra;
  /** The recipient's reference number (WES and the like), printed as typed; null for none. */
  reference: string | null;
  person: {
    /** As in the register, code point for code point. */
    nameJa: string;
    /** As printed in English; null when the register has none. */
    nameRoman: string | null;
    birthDate: IsoDate;
  };
  enrolment: {
    studentNumber: string;
    facultyJa: string;
    facultyEn: string;
    programmeJa: string;
    programmeEn: string;
    level: EnrolmentLevel;
    yearOfStudy: number;
    admissionDate: IsoDate;
    expectedGraduationDate: IsoDate | null;
    onLeave: { from: IsoDate; until: IsoDate } | null;
  };
  issuer: {
    universityJa: string;
    universityEn: string;
    titleJa: string;
    titleEn: string;
    nameJa: string;
    nameEn: string;
    /** Paths within the university folder's `images/`. */
    sealImage: string;
    signatureImage: string;
  };
} & SnapshotContent;

/** A record of courses goes with the statements that list one, and with no other. */
export type SnapshotContent =
  | { statement: Extract<Statement, { kind: TranscriptKind }>; academicRecord: AcademicRecord }
  | { statement: Exclude<Statement, { kind: TranscriptKind }>; academicRecord: null };

/** What is settled when a copy's serial is reserved; with the snapshot it determines every byte that is typeset. */
export type CertificateRecord = {
  snapshot: CertificateSnapshot;
  /** Names one paid copy, such as `AK7Q-2M4X-9T3B`. */
  serial: string;
  /** 1, 2, …: one set of sheets printed, or one file made, for the serial. */
  impression: number;
  /** 第○○号, such as `2026-000123`. */
  certificateNumber: string;
  issueDate: IsoDate;
  /** ISO instant at which the serial was reserved; the PDF's dates and /ID derive from it. */
  issuedAt: string;
};
