export type LedgerAccount =
  | 'receivable'
  | 'clearing'
  | 'fees'
  | 'refunds_payable'
  | 'revenue'
  | 'bank'
  | 'disputed'
  | 'losses';
export type PostingKind =
  | 'charge'
  | 'settlement'
  | 'late-settlement'
  | 'acceptance'
  | 'return'
  | 'refund'
  | 'refund-by-hand'
  | 'payout'
  | 'payout-refund'
  | 'fee'
  | 'dispute'
  | 'dispute-won'
  | 'dispute-lost';

/** For each kind of posting, the account that is debited (+) and the one that is credited (−) by the same amount. */
export const POSTINGS: Readonly<Record<PostingKind, { debit: LedgerAccount; credit: LedgerAccount }>> = {
  charge: { debit: 'receivable', credit: 'revenue' },
  settlement: { debit: 'clearing', credit: 'receivable' },
  /** Money for which nothing is issued: it is owed back until somebody decides. */
  'late-settlement': { debit: 'clearing', credit: 'refunds_payable' },
  acceptance: { debit: 'refunds_payable', credit: 'revenue' },
  /** Money we had taken as earned is now owed back. */
  return: { debit: 'revenue', credit: 'refunds_payable' },
  refund: { debit: 'refunds_payable', credit: 'clearing' },
  'refund-by-hand': { debit: 'refunds_payable', credit: 'bank' },
  /** The company pays out what it holds, … */
  payout: { debit: 'bank', credit: 'clearing' },
  /** … less what it gave back to payers, … */
  'payout-refund': { debit: 'clearing', credit: 'bank' },
  /** … and less its fee. */
  fee: { debit: 'fees', credit: 'bank' },
  /** The payer's bank has taken the money back for now; */
  dispute: { debit: 'disputed', credit: 'clearing' },
  /** we have it again, */
  'dispute-won': { debit: 'clearing', credit: 'disputed' },
  /** or it is gone, whatever was issued for it. */
  'dispute-lost': { debit: 'losses', credit: 'disputed' },
};
