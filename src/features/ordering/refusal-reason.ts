import type { EligibilityReason } from '#domain/eligibility/eligibility.ts';

export type RefusalReason =
  | EligibilityReason
  | 'not-in-register'
  | 'not-offered'
  | 'not-confirmed'
  | 'declined'
  | 'unprintable-name';
