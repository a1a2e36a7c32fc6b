import type { Database } from '#platform/database/database.ts';
import type { PostingKind } from './ledger.ts';
import { POSTINGS } from './ledger.ts';

/** Writes one posting; a payment has at most one of each kind, and the database refuses one that is not balanced. */
export const post = async (
  tx: Database,
  posting: { paymentId: string; kind: PostingKind; amount: number; at: Temporal.Instant },
): Promise<void> => {
  const { paymentId, kind, amount, at } = posting;
  const { id } = await tx
    .insertInto('ledger_posting')
    .values({ payment_id: paymentId, kind, at })
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
