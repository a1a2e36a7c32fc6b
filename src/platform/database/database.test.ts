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
