import type { CertificateLanguage } from '../certificate/snapshot.ts';
import type {
  Enrolment,
  EnrolmentFacts,
  HealthExamination,
  Hold,
  HoldReason,
  Person,
} from '../person/person.ts';
import type { TypeConditions } from './conditions.ts';

export type EligibilityReason =
  | 'not-current'
  | 'not-yet-admitted'
  | 'still-enrolled'
  | 'not-regular-student'
  | 'not-non-regular-student'
  | 'not-undergraduate'
  | 'not-graduate-school'
  | 'not-graduated'
  | 'graduation-not-yet'
  | 'not-withdrawn'
  | 'not-coursework-completed'
  | 'no-degree'
  | 'on-leave'
  | 'struck-off'
  | 'paper-only'
  | `hold-${HoldReason}`
  | 'no-romanised-name'
  | 'grades-not-released'
  | 'no-grades'
  | 'not-final-year'
  | 'not-yet-open'
  | 'too-few-credits'
  | 'no-health-examination'
  | 'health-not-released'
  | 'no-english-health-form'
  | 'no-student-card'
  | 'student-card-expired'
  | 'office-closed'
  | 'year-end-stop'
  | 'limit-day'
  | 'limit-year';

/**
 * `from` is the first Tokyo date on which the same wish would be granted, where that is known; `at` the instant, where
 * it begins within that day.
 */
export type Eligibility =
  | { readonly eligible: true }
  | {
      readonly eligible: false;
      readonly reason: EligibilityReason;
      readonly from?: Temporal.PlainDate;
      readonly at?: Temporal.Instant;
    };

/** What a rule may look at: one line by itself. */
export type EligibilitySubject = {
  readonly person: Person;
  readonly enrolment: Enrolment;
  /** All holds of the person. */
  readonly holds: readonly Hold[];
  readonly language: CertificateLanguage;
  readonly now: Temporal.Instant;
  /** Of this enrolment. */
  readonly facts: EnrolmentFacts;
  /** Of this enrolment; registered: those of courses being taken. */
  readonly credits: { readonly earned: number; readonly registered: number };
  /** Of the person. */
  readonly healthExaminations: readonly HealthExamination[];
  readonly programme: {
    /** Years it takes. */
    readonly years: number;
    /** Null where nothing is counted. */
    readonly requiredCredits: number | null;
  };
  /** Of the certificate type. */
  readonly conditions: TypeConditions;
  /** Closures of the office, both days included. */
  readonly closures: readonly { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate }[];
  /** Whether a certificate of this type and enrolment exists on paper only. */
  readonly paperOnly: boolean;
  /** Copies of this type that the person has ordered already, over all enrolments and languages. */
  readonly ordered: { readonly today: number; readonly thisAcademicYear: number };
  /** Copies of this type wished now, over all lines; ≥ 1. */
  readonly copies: number;
};

export type EligibilityRule = (subject: EligibilitySubject) => Eligibility;

export const ELIGIBLE: Eligibility = { eligible: true };

/** A refusal; `from` only where the date is known. */
export const refuse = (reason: EligibilityReason, from?: Temporal.PlainDate): Eligibility =>
  from === undefined ? { eligible: false, reason } : { eligible: false, reason, from };
