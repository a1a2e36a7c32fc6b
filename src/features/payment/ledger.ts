export type LedgerAccount = 'receivable' | 'clearing' | 'fees' | 'refunds_payable' | 'revenue';
export type PostingKind = 'charge' | 'settlement' | 'late-settlement' | 'acceptance' | 'refund';

/** For each kind of posting, the account that is debited (+) and the one that is credited (−) by the same amount. */
export const POSTINGS: Readonly<Record<PostingKind, { debit: LedgerAccount; credit: LedgerAccount }>> = {
  charge: { debit: 'receivable', credit: 'revenue' },
  settlement: { debit: 'clearing', credit: 'receivable' },
  /** Money for which nothing is issued: it is owed back until somebody decides. */
  'late-settlement': { debit: 'clearing', credit: 'refunds_payable' },
  acceptance: { debit: 'refunds_payable', credit: 'revenue' },
  refund: { debit: 'refunds_payable', credit: 'clearing' },
};
