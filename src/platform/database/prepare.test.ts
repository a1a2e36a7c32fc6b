import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KyselyPlugin } from 'kysely';
import { withDatabase } from '#test/support/database.ts';
import type { Database } from './database.ts';
import { transaction } from './database.ts';
import { prepare } from './prepare.ts';

type Nonce = { readonly name: string; readonly at: Temporal.Instant };
const AT = Temporal.Instant.from('2026-04-01T00:00:00Z');

const prepareInsert = () => {
  const built = { count: 0 };
  const insert = prepare((db: Database, { name, at }: Nonce) => {
    built.count += 1;
    return db
      .insertInto('copier_nonce')
      .values({ nonce: name, key_id: 'fixed', expires_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning(['nonce', 'expires_at']);
  });
  return { built, insert };
};

test('a statement is built once, and each time carries its own values, in their places', () =>
  withDatabase(async ({ db }) => {
    const { built, insert } = prepareInsert();
    const later = AT.add({ hours: 1 });
    assert.deepEqual(await insert.all(db, { name: 'one', at: AT }), [{ nonce: 'one', expires_at: AT }]);
    assert.deepEqual(await insert.first(db, { at: later, name: 'two' }), { nonce: 'two', expires_at: later });
    assert.equal(await insert.first(db, { name: 'two', at: AT }), undefined);
    assert.equal(built.count, 1);
    const keys = await db.selectFrom('copier_nonce').select('key_id').execute();
    assert.deepEqual(keys, [{ key_id: 'fixed' }, { key_id: 'fixed' }]);
  }));

test('a prepared write belongs to the transaction it is given', () =>
  withDatabase(async ({ db }) => {
    const { insert } = prepareInsert();
    const gone = transaction(db, async (tx) => {
      await insert.write(tx, { name: 'gone', at: AT });
      throw new Error('back');
    });
    await assert.rejects(gone, /back/);
    await transaction(db, (tx) => insert.write(tx, { name: 'kept', at: AT }));
    const rows = await db.selectFrom('copier_nonce').select('nonce').execute();
    assert.deepEqual(rows, [{ nonce: 'kept' }]);
  }));

test('what looks at statements sees a prepared one each time, with its values', () =>
  withDatabase(async ({ db }) => {
    const seen: string[] = [];
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => {
        seen.push(JSON.stringify(node));
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const { insert } = prepareInsert();
    for (const name of ['one', 'two']) await insert.all(db.withPlugin(plugin), { name, at: AT });
    assert.deepEqual(
      seen.map((node) => /one|two/.exec(node)?.[0]),
      ['one', 'two'],
    );
  }));
