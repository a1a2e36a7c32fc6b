import type { NonRegularCategory } from '../person/person.ts';

/** What a certificate can state. Several types of certificates.yaml may make the same kind of statement. */
export const STATEMENT_KINDS = [
  'enrolment',
  'transcript',
  'expected-graduation',
  'expected-completion',
  'graduation',
  'completion',
  'degree',
  'transcript-and-graduation',
  'registration',
  'enrolment-period',
  'coursework-completed',
  'withdrawal',
  'health',
  'fare-discount',
] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

/** The kinds that list courses and grades. */
export const TRANSCRIPT_KINDS = [
  'transcript',
  'transcript-and-graduation',
] as const satisfies StatementKind[];
export type TranscriptKind = (typeof TRANSCRIPT_KINDS)[number];

/** A degree (学位) as its diploma names it. */
export type DegreeName = {
  /** With its field, such as `学士(工学)`. */
  nameJa: string;
  nameEn: string;
  /** The field alone (専攻分野), such as `工学`; null where the degree has none. */
  fieldJa: string | null;
  fieldEn: string | null;
};

export type ConferredDegree = DegreeName & {
  conferredOn: IsoDate;
  /** 学位記番号, such as `工修第1234号`; null where none was given. */
  diplomaNumber: string | null;
};

/** Both days are part of it. */
export type IsoPeriod = { from: IsoDate; until: IsoDate };

/** How a period of enrolment ended; struck-off (除籍) never reaches a certificate made here. */
export type EnrolmentEnd = 'graduated' | 'completed' | 'withdrawn' | 'coursework-completed';

/** One row of a health examination, worded as the health centre worded it. */
export type HealthFinding = { itemJa: string; itemEn: string; resultJa: string; resultEn: string };

/** What the certificate states, besides who the person is and where enrolled. One kind has exactly its own facts. */
export type Statement =
  /** A leave in force is in the snapshot's `enrolment.onLeave`; the form then says so (休学期間記載). */
  | { kind: 'enrolment' }
  | { kind: 'transcript' }
  | { kind: 'expected-graduation' | 'expected-completion'; expectedOn: IsoDate; degree: DegreeName | null }
  | { kind: 'graduation'; graduatedOn: IsoDate; degree: ConferredDegree | null }
  | { kind: 'completion'; completedOn: IsoDate; degree: ConferredDegree | null }
  | { kind: 'degree'; degree: ConferredDegree }
  | {
      kind: 'transcript-and-graduation';
      end: Extract<EnrolmentEnd, 'graduated' | 'completed'>;
      endedOn: IsoDate;
      degree: ConferredDegree | null;
    }
  | {
      kind: 'registration';
      category: NonRegularCategory;
      /** `研究生`, `Research Student`. */
      categoryJa: string;
      categoryEn: string;
      from: IsoDate;
      until: IsoDate | null;
    }
  | { kind: 'enrolment-period'; period: IsoPeriod; end: EnrolmentEnd; leaves: IsoPeriod[] }
  | { kind: 'coursework-completed'; period: IsoPeriod; requirementsMetOn: IsoDate | null }
  | { kind: 'withdrawal'; period: IsoPeriod; withdrawnOn: IsoDate }
  | {
      kind: 'health';
      examinedOn: IsoDate;
      findings: HealthFinding[];
      /** The examining physician; the issuer may be another. */
      physicianJa: string;
      physicianEn: string;
    }
  | FareDiscountStatement;

/** 学校学生生徒旅客運賃割引証: its fixed form has these fields and no others. */
export type FareDiscountStatement = {
  kind: 'fare-discount';
  /** One of the seven of the configuration, with its official wording. */
  purposeCode: string;
  purposeJa: string;
  /** Stations of one way as typed by the student; over 100 km. */
  sectionFrom: string;
  sectionTo: string;
  /** Always 20 under today's rule; percent. */
  discountPercent: number;
  /** The last day of use: 3 months from the day of submission at most, never past the student card. */
  validUntil: IsoDate;
  /** When the student card (学生証) was issued, and its number. */
  studentCardIssuedOn: IsoDate;
  studentCardNumber: string;
  /** Completed years on the day of submission. */
  age: number;
};

/** A calendar date as ISO 8601, `YYYY-MM-DD`; plain, without a zone. */
export type IsoDate = string;
