import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { withDatabase } from '#test/support/database.ts';

test('dates, instants and big integers come back as what they are', () =>
  withDatabase(async ({ db }) => {
    const date = Temporal.PlainDate.from('2026-11-24');
    const at = Temporal.Instant.from('2026-11-24T00:00:00.123456Z');
    const { rows } = await sql<{ d: unknown; t: unknown; n: unknown }>`
      select ${date}::date as d, ${at}::timestamptz as t, 9007199254740993::int8 as n`.execute(db);
    assert.equal(String(rows[0]?.d), '2026-11-24');
    assert.ok(rows[0]?.t instanceof Temporal.Instant && rows[0].t.equals(at));
    assert.equal(rows[0]?.n, 9007199254740993n);
  }));

test('values arrive as they were given, in arrays too', () =>
  withDatabase(async ({ db }) => {
    const texts = ['b c', 'nULL', 'a"b', 'c\\d', '', 'NULL', null, '{e,f}', '証明'];
    const bytes = [Buffer.from('00ff', 'hex'), Buffer.from('"\\')];
    const plain = ['a+/=', null, '証明'];
    const { rows } = await sql<object>`select ${texts}::text[] as texts, ${plain}::text[] as plain,
      ${[]}::text[] as none, ${[['a'], ['b']]}::text[] as nested, ${bytes}::bytea[] as bytes,
      ${[
        [1, 2],
        [3, 4],
      ]}::int[] as numbers, ${{ a: ['b', null] }}::jsonb as json, ${new Uint8Array([1, 0])}::bytea as one,
      ${true}::boolean as truth, ${null}::text as nothing, ${12n}::int as big`.execute(db);
    assert.deepEqual(rows, [
      {
        texts,
        plain,
        none: [],
        nested: [['a'], ['b']],
        bytes,
        numbers: [
          [1, 2],
          [3, 4],
        ],
        json: { a: ['b', null] },
        one: Buffer.from([1, 0]),
        truth: true,
        nothing: null,
        big: 12,
      },
    ]);
  }));

test('a connection plans a statement once; one that asks for all columns outlives a new one', () =>
  withDatabase(({ db }) =>
    db.connection().execute(async (only) => {
      await sql`create table paper (id integer, name text)`.execute(only);
      const named = () => sql`select name from paper where id = ${1}`.execute(only);
      const whole = () => sql<object>`select * from paper where id = ${1}`.execute(only);
      await sql`insert into paper values (${1}, ${'a'})`.execute(only);
      for (let round = 0; round < 8; round += 1) await Promise.all([named(), whole()]);
      await sql`alter table paper add column colour text`.execute(only);
      assert.deepEqual((await named()).rows, [{ name: 'a' }]);
      assert.deepEqual((await whole()).rows, [{ id: 1, name: 'a', colour: null }]);
      const { rows } = await sql`
        select statement from pg_prepared_statements where statement like '%from paper%'
        and statement not like '%pg_prepared_statements%'`.execute(only);
      assert.deepEqual(rows, [{ statement: 'select name from paper where id = $1' }]);
    }),
  ));
