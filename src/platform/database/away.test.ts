import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { withDatabase } from '#test/support/database.ts';
import { isDatabaseAway } from './away.ts';

test('a database that takes no more connections is away; one that does not know the password is not', () =>
  withDatabase(async ({ db, url }) => {
    const login = async (name: string, password: string) => {
      const own = new URL(url);
      own.username = name;
      own.password = password;
      const client = new pg.Client({ connectionString: own.href });
      await client.connect().finally(() => client.end().catch(() => {}));
    };
    const name = `full_${new URL(url).pathname.slice(1)}`;
    const role = pg.escapeIdentifier(name);
    await sql.raw(`create role ${role} login password 'right' connection limit 0`).execute(db);
    try {
      await assert.rejects(login(name, 'right'), (error: Error & { code?: string }) => {
        assert.equal(error.code, '53300');
        return isDatabaseAway(error);
      });
      await assert.rejects(login(name, 'wrong'), (error) => !isDatabaseAway(error));
    } finally {
      await sql.raw(`drop role ${role}`).execute(db);
    }
  }));
