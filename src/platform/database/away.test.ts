import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { withDatabase } from '#test/support/database.ts';
import { isDatabaseAway } from './away.ts';

test('a database that takes no more connections is away; one that does not exist is not', () =>
  withDatabase(async ({ db, url }) => {
    const connect = async (changes: Partial<URL>) => {
      const { href } = Object.assign(new URL(url), changes);
      const client = new pg.Client({ connectionString: href });
      await client.connect().finally(() => client.end().catch(() => {}));
    };
    const { pathname } = new URL(url);
    const name = `full_${pathname.slice(1)}`;
    const role = pg.escapeIdentifier(name);
    await sql.raw(`create role ${role} login password 'right' connection limit 0`).execute(db);
    try {
      await assert.rejects(
        connect({ username: name, password: 'right' }),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, '53300');
          return isDatabaseAway(error);
        },
      );
      await assert.rejects(connect({ pathname: `${pathname}_none` }), (error: Error & { code?: string }) => {
        assert.equal(error.code, '3D000');
        return !isDatabaseAway(error);
      });
    } finally {
      await sql.raw(`drop role ${role}`).execute(db);
    }
  }));
