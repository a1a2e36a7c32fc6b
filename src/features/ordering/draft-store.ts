import type { Draft } from '#domain/order/draft.ts';
import { readDraftContent } from '#domain/order/draft.ts';
import type { Database } from '#platform/database/database.ts';

export const readDraft = async (db: Database, accountId: string): Promise<Draft> => {
  const row = await db
    .selectFrom('order_draft')
    .select('content')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return readDraftContent(row?.content);
};

export const saveDraft = async (
  db: Database,
  accountId: string,
  draft: Draft,
  at: Temporal.Instant,
): Promise<void> => {
  const content = JSON.stringify(draft);
  await db
    .insertInto('order_draft')
    .values({ account_id: accountId, content, updated_at: at })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ content, updated_at: at }))
    .execute();
};

/** Ends a draft that has become an order; one changed since in another window stays. */
export const deleteDraft = async (tx: Database, accountId: string, key: string): Promise<void> => {
  const current = await readDraft(tx, accountId);
  if (current.key !== key) return;
  await tx.deleteFrom('order_draft').where('account_id', '=', accountId).execute();
};
