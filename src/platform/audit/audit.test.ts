import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { withDatabase } from '#test/support/database.ts';
import { recordEvent, sealAuditTrail, verifyAuditTrail } from './audit.ts';

const at = Temporal.Instant.from('2026-11-24T00:00:00Z');
const event = (n: number) => ({
  at,
  type: 'order.paid',
  subject: `order:${n}`,
  actor: 'system',
  data: { b: n, a: 'x' },
});

test('sealed events verify, in batches, and an altered one is found', () =>
  withDatabase(async ({ db }) => {
    for (let n = 1; n <= 5; n += 1) await recordEvent(db, event(n));
    assert.equal(await sealAuditTrail(db, at, { limit: 3 }), 3);
    assert.equal(await sealAuditTrail(db, at, { limit: 3 }), 2);
    assert.deepEqual(await verifyAuditTrail(db), { checked: 5, broken: null });
    await sql`alter table audit_event disable trigger all`.execute(db);
    await sql`update audit_event set data = '{"a":"y","b":4}' where subject = 'order:4'`.execute(db);
    assert.deepEqual(await verifyAuditTrail(db), { checked: 3, broken: 4n });
  }));

test('the trail cannot be updated or deleted', () =>
  withDatabase(async ({ db }) => {
    await recordEvent(db, event(1));
    await assert.rejects(sql`delete from audit_event`.execute(db), /append-only/);
    await assert.rejects(sql`update audit_event set actor = 'x'`.execute(db), /append-only/);
  }));

test('an event that commits after thousands with later ids is chained when the whole trail is looked through', () =>
  withDatabase(async ({ db }) => {
    await sql`
      insert into audit_event (at, type, subject, actor, data)
      select ${at}, 'order.paid', 'order:' || n, 'system', '{}' from generate_series(1, 6000) n`.execute(db);
    const late = async (id: number): Promise<void> => {
      await sql`delete from audit_link where event_id = ${id}`.execute(db);
    };
    await sql`alter table audit_link disable trigger all`.execute(db);
    assert.equal(await sealAuditTrail(db, at, { limit: 6000 }), 6000);
    await late(10);
    await late(5000);
    assert.equal(await sealAuditTrail(db, at), 1);
    assert.equal(await sealAuditTrail(db, at), 0);
    assert.equal(await sealAuditTrail(db, at, { whole: true }), 1);
  }));
