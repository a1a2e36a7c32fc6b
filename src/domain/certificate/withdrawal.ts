/**
 * Why a certificate is no longer valid: a closed list, because the status list is public and says it to everybody.
 * `reprinted`: another set of sheets of the same copy took its place; `never-released`: it left no machine of ours.
 */
export const WITHDRAWAL_REASONS = [
  'reprinted',
  'never-released',
  'issued-in-error',
  'corrected',
  'requested',
  'other',
] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];

/** The reasons a person of the office may give; the others are the service's own. */
export const OFFICE_REASONS = [
  'issued-in-error',
  'corrected',
  'requested',
  'other',
] as const satisfies readonly WithdrawalReason[];
export type OfficeReason = (typeof OFFICE_REASONS)[number];
