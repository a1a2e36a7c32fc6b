import { sql } from 'kysely';
import type { Draft } from '#domain/order/draft.ts';
import { readDraftContent } from '#domain/order/draft.ts';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

const select = prepare((db, { accountId }: { readonly accountId: string }) =>
  db.selectFrom('order_draft').select('content').where('account_id', '=', accountId),
);

export const readDraft = async (db: Database, accountId: string): Promise<Draft> =>
  readDraftContent((await select.first(db, { accountId }))?.content);

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

type Saved = { readonly accountId: string; readonly content: string; readonly at: Temporal.Instant };

const insert = prepare((db, { accountId, content, at }: Saved) =>
  db
    .insertInto('order_draft')
    .values({ account_id: accountId, content, updated_at: at })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .returning('account_id'),
);

const update = prepare((db, { accountId, before, content, at }: Saved & { readonly before: string }) =>
  db
    .updateTable('order_draft')
    .set({ content, updated_at: at })
    .where('account_id', '=', accountId)
    .where('content', '=', before)
    .returning('account_id'),
);

/** Saves a draft where what is kept is still `before`; undefined: nothing. */
const replaceDraft = async (db: Database, before: unknown, draft: Saved): Promise<boolean> => {
  const saved = await (before === undefined
    ? insert.first(db, draft)
    : update.first(db, { ...draft, before: JSON.stringify(before) }));
  return saved !== undefined;
};

/** Changes the draft as it is now, anew where another window came between: neither loses anything of the other's. */
export const changeDraft = async (
  db: Database,
  accountId: string,
  at: Temporal.Instant,
  change: (draft: Draft) => Draft,
): Promise<Draft> => {
  const before = (await select.first(db, { accountId }))?.content;
  const draft = change(readDraftContent(before));
  const saved = await replaceDraft(db, before, { accountId, content: JSON.stringify(draft), at });
  return saved ? draft : changeDraft(db, accountId, at, change);
};

const remove = prepare((db, { accountId, key }: { readonly accountId: string; readonly key: string }) =>
  db.deleteFrom('order_draft').where('account_id', '=', accountId).where(sql`content ->> 'key'`, '=', key),
);

/** Ends a draft that has become an order; one changed since in another window stays. */
export const deleteDraft = (tx: Database, accountId: string, key: string): Promise<void> =>
  remove.write(tx, { accountId, key });

/** Erases drafts that nobody has touched since an instant; returns how many. */
export const eraseOldDrafts = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const gone = await db.deleteFrom('order_draft').where('updated_at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
};
