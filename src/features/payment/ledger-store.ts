import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';
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
 * Writes postings, each at most once for its payment, kind and reference: with a second one, or one that is not
 * balanced, the transaction fails.
 */
export const post = async (tx: Database, ...postings: readonly Posting[]): Promise<void> => {
  const wanted = postings.map(({ paymentId, kind, reference = '', amount, at }) => ({
    payment_id: paymentId,
    kind,
    reference,
    at: at.toString(),
    amount,
    ...POSTINGS[kind],
  }));
  const posted = sql`
    with wanted as (
      select payment_id, kind, reference, at, amount, debit, credit
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (
        payment_id uuid, kind text, reference text, at timestamptz, amount bigint, debit text, credit text)
    ), posted as (
      insert into ledger_posting (payment_id, kind, reference, at)
      select payment_id, kind, reference, at from wanted returning id, payment_id, kind, reference
    )
    insert into ledger_entry (posting_id, account, amount_yen)
    select id, side.account, side.amount_yen from posted join wanted using (payment_id, kind, reference),
      lateral (values (debit, amount), (credit, -amount)) side (account, amount_yen)`;
  await write(tx, posted);
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
