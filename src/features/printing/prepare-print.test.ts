import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadlineAfterDays } from '#domain/dates.ts';
import { placePaidOrder, withIssuing } from '#test/support/issuing.ts';

test('an order that is prepared twice at once has one number and one mail', () =>
  withIssuing(async ({ db, run, parts, student }) => {
    const orderId = await placePaidOrder(parts, student);
    await run('issue-order', { orderId });
    const twice = [run('prepare-print', { orderId }), run('prepare-print', { orderId })];
    await Promise.all(twice);
    assert.equal((await db.selectFrom('print_job').select('id').execute()).length, 1);
    const mails = db.selectFrom('mail_outbox').select('id').where('kind', '=', 'print-ticket');
    assert.equal((await mails.execute()).length, 1);
  }));

test('an order that took longer to be made than to be printed has all of its days from then on', () =>
  withIssuing(async ({ db, run, parts, student, clock }) => {
    const orderId = await placePaidOrder(parts, student);
    clock.advance({ hours: 24 * 9 });
    await run('issue-order', { orderId });
    await run('prepare-print', { orderId });
    const { deadline } = await db.selectFrom('print_job').select('deadline').executeTakeFirstOrThrow();
    assert.equal(deadline.toString(), deadlineAfterDays(clock.now(), parts.printing.printDays).toString());
  }));
