/** Languages in which a certificate can be printed. */
export type CertificateLanguage = 'ja' | 'en';

/** A calendar date as ISO 8601, `YYYY-MM-DD`; plain, without a zone. */
export type IsoDate = string;

/** One row of an academic record, in printed order. */
export type AcademicRecordRow = {
  academicYear: number;
  term: string;
  courseNumber: string;
  titleJa: string;
  titleEn: string;
  credits: number;
  /** The letter or word as recorded, such as `A+` or `認定`. */
  grade: string;
  /** Null where the grade does not count towards the GPA. */
  gradePoint: number | null;
};

/**
 * Everything a certificate says, frozen when its order is submitted. Paper, signed PDF, seal and verification page
 * are all made from this one value; it is stored as JSON, so dates are ISO strings.
 */
export type CertificateSnapshot = {
  /** A code of certificates.yaml, such as `enrolment` or `transcript`. */
  certificateType: string;
  language: CertificateLanguage;
  titleJa: string;
  titleEn: string;
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
    level: 'bachelor' | 'master' | 'doctor' | 'non-degree';
    yearOfStudy: number;
    admissionDate: IsoDate;
    expectedGraduationDate: IsoDate | null;
    onLeave: { from: IsoDate; until: IsoDate } | null;
  };
  /** Present on transcripts only. */
  academicRecord: { rows: AcademicRecordRow[]; gradePointAverage: number | null } | null;
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
};

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
