import type { CertificateLanguage } from '../certificate/snapshot.ts';
import type { Enrolment, Hold, Person } from '../person/person.ts';

export type EligibilityReason =
  | 'not-current'
  | 'not-yet-admitted'
  | 'not-regular-student'
  | 'not-non-regular-student'
  | 'not-graduated'
  | 'on-leave'
  | 'struck-off'
  | 'hold'
  | 'no-romanised-name'
  | 'grades-not-released'
  | 'no-grades';

/** `from` is the first Tokyo date on which the same wish would be granted, where that is known. */
export type Eligibility =
  | { readonly eligible: true }
  | { readonly eligible: false; readonly reason: EligibilityReason; readonly from?: Temporal.PlainDate };

/** What a rule may look at: one line by itself. */
export type EligibilitySubject = {
  readonly person: Person;
  readonly enrolment: Enrolment;
  /** All holds of the person. */
  readonly holds: readonly Hold[];
  readonly language: CertificateLanguage;
  readonly now: Temporal.Instant;
  /** Release instants of the terms in which this enrolment has grades. */
  readonly gradeReleases: readonly Temporal.Instant[];
};

export type EligibilityRule = (subject: EligibilitySubject) => Eligibility;

export const ELIGIBLE: Eligibility = { eligible: true };

/** A refusal; `from` only where the date is known. */
export const refuse = (reason: EligibilityReason, from?: Temporal.PlainDate): Eligibility =>
  from === undefined ? { eligible: false, reason } : { eligible: false, reason, from };
