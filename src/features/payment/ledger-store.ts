import type { Database } from '#platform/database/database.ts';
import type { PostingKind } from './ledger.ts';
import { POSTINGS } from './ledger.ts';

type Posting = {
  readonly paymentId: string;
  readonly kind: PostingKind;
  /** Tells postings of one kind apart: the refund, or the item of a payout. */
  readonly reference?: string;
  readonly amount: number;
  readonly at: Temporal.Instant;
};

/**
 * Writes one posting, at most once for its payment, kind and reference: a second one throws, and the database refuses
 * one that is not balanced.
 */
export const post = async (tx: Database, posting: Posting): Promise<void> => {
  const { paymentId, kind, reference = '', amount, at } = posting;
  const { id } = await tx
    .insertInto('ledger_posting')
    .values({ payment_id: paymentId, kind, reference, at })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { debit, credit } = POSTINGS[kind];
  await tx
    .insertInto('ledger_entry')
    .values([
      { posting_id: id, account: debit, amount_yen: BigInt(amount) },
      { posting_id: id, account: credit, amount_yen: -BigInt(amount) },
    ])
    .execute();
};

/** What each account holds, in yen; all together always 0. */
export const readBalances = async (db: Database): Promise<Record<string, number>> => {
  const rows = await db
    .selectFrom('ledger_entry')
    .select(({ fn }) => ['account', fn.sum('amount_yen').as('total')])
    .groupBy('account')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.account, Number(row.total)]));
};
