import type { Draft } from '#domain/order/draft.ts';
import { readDraftContent } from '#domain/order/draft.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';

const select = (db: Database, accountId: string) =>
  db.selectFrom('order_draft').select('content').where('account_id', '=', accountId);

export const readDraft = async (db: Database, accountId: string): Promise<Draft> =>
  readDraftContent((await select(db, accountId).executeTakeFirst())?.content);

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

/** Changes the draft as it is now, under a lock: two windows that save at once lose nothing of each other's. */
export const changeDraft = (
  db: Database,
  accountId: string,
  at: Temporal.Instant,
  change: (draft: Draft) => Draft,
): Promise<Draft> =>
  transaction(db, async (tx) => {
    await tx
      .insertInto('order_draft')
      .values({ account_id: accountId, content: '{}', updated_at: at })
      .onConflict((conflict) => conflict.column('account_id').doNothing())
      .execute();
    const row = await select(tx, accountId).forUpdate().executeTakeFirst();
    const draft = change(readDraftContent(row?.content));
    await saveDraft(tx, accountId, draft, at);
    return draft;
  });

/** Ends a draft that has become an order; one changed since in another window stays. */
export const deleteDraft = async (tx: Database, accountId: string, key: string): Promise<void> => {
  const row = await select(tx, accountId).forUpdate().executeTakeFirst();
  if (row === undefined || readDraftContent(row.content).key !== key) return;
  await tx.deleteFrom('order_draft').where('account_id', '=', accountId).execute();
};

/** Erases drafts that nobody has touched since an instant; returns how many. */
export const eraseOldDrafts = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const gone = await db.deleteFrom('order_draft').where('updated_at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
};
