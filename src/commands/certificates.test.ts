import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOrder } from '#features/ordering/index.ts';
import { placePaidOrder, withIssuing } from '#test/support/issuing.ts';
import { halt, show, withdraw } from './certificates.ts';

const words = (text: string): string[] => text.split(' ');

test('halted, nothing is issued and nothing fails; started again, the order goes on by itself', () =>
  withIssuing(async ({ db, clock, parts, student, issue, run }) => {
    const orderId = await placePaidOrder(parts, student);
    await assert.rejects(async () => halt(true)(db, words('--by Ito')), /--reason/);
    await halt(true)(db, words('--by Ito --reason drill'));
    await issue(orderId);
    assert.equal((await readOrder(db, orderId)).state, 'paid');
    clock.advance({ minutes: 2 });
    await halt(false)(db, words('--by Ito --reason drill'));
    await run('sweep-issuing', {});
    await issue(orderId);
    assert.equal((await readOrder(db, orderId)).state, 'ready');
  }));

test('the office withdraws a certificate with two people and a reason from the list', () =>
  withIssuing(async ({ db, parts, student, issue }) => {
    await issue(await placePaidOrder(parts, student));
    const { serial } = await db.selectFrom('issued_certificate').select('serial').executeTakeFirstOrThrow();
    const supersede = async (text: string) =>
      withdraw('superseded')(db, words(`${serial.toLowerCase()} ${text}`));
    await assert.rejects(supersede('--by Ito --second Mori --reason because'), /--reason is one of/);
    await assert.rejects(supersede('--by Ito --second ito --reason corrected'));
    await supersede('--by Ito --second Mori --reason corrected');
    const row = await db
      .selectFrom('issued_certificate')
      .select(['status', 'status_reason'])
      .executeTakeFirstOrThrow();
    assert.deepEqual(row, { status: 'superseded', status_reason: 'corrected' });
    const event = await db
      .selectFrom('audit_event')
      .select(['actor', 'data'])
      .where('type', '=', 'certificate.withdrawn')
      .executeTakeFirstOrThrow();
    assert.equal(event.actor, 'Ito');
    assert.equal((event.data as { second: string }).second, 'Mori');
    await show(db, [serial]);
  }));
