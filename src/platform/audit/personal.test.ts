import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { withDatabase } from '#test/support/database.ts';
import { recordEvent, sealAuditTrail, verifyAuditTrail } from './audit.ts';
import { erasePersonal, readPersonal } from './personal.ts';

const at = Temporal.Instant.from('2026-11-24T00:00:00Z');
const change = (subject: string, before: string, after: string) => ({
  at,
  type: 'mail-address.changed',
  subject,
  actor: subject,
  data: { requestId: 'r' },
  personal: { before, after },
});

test('personal values are read with the person’s key, stored as ciphertext, and gone when the key is erased', () =>
  withDatabase(async ({ db }) => {
    await recordEvent(db, change('account:1', 'old@example.jp', 'new@example.jp'));
    await recordEvent(db, change('account:2', 'a@example.jp', 'b@example.jp'));
    const [event] = await readPersonal(db, 'account:1');
    assert.deepEqual(event?.values, { before: 'old@example.jp', after: 'new@example.jp' });
    const dump = await sql<{ row: string }>`select e::text as row from audit_event e`.execute(db);
    for (const { row } of dump.rows) assert.doesNotMatch(row, /example\.jp|6578616d706c65/);
    await sealAuditTrail(db, at);
    assert.equal(await erasePersonal(db, 'account:1', at), true);
    assert.equal(await erasePersonal(db, 'account:1', at), false);
    assert.deepEqual(await readPersonal(db, 'account:1'), []);
    assert.equal((await readPersonal(db, 'account:2')).length, 1);
    assert.deepEqual(await verifyAuditTrail(db), { checked: 2, broken: null });
    await recordEvent(db, change('account:1', 'new@example.jp', 'third@example.jp'));
    assert.deepEqual(await readPersonal(db, 'account:1'), []);
  }));

test('a changed ciphertext breaks the chain', () =>
  withDatabase(async ({ db }) => {
    await recordEvent(db, change('account:1', 'old@example.jp', 'new@example.jp'));
    await sealAuditTrail(db, at);
    await sql`alter table audit_event disable trigger all`.execute(db);
    await sql`update audit_event set personal = personal || '\\x00'::bytea`.execute(db);
    assert.deepEqual(await verifyAuditTrail(db), { checked: 0, broken: 1n });
  }));
