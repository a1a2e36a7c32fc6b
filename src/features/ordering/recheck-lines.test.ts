import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { issuanceJobs } from '#features/issuance/index.ts';
import type { Database } from '#platform/database/database.ts';
import { placePaidOrder, withIssuing } from '#test/support/issuing.ts';
import { confirmLine, declineLine } from './answer-held-line.ts';
import { cancelOrder } from './cancel-order.ts';
import { readOrderLines } from './line-store.ts';
import { readOrder } from './order-store.ts';

const jobsNamed = async (db: Database, name: string): Promise<unknown[]> => {
  const { rows } = await sql<{ payload: unknown }>`
    select j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = ${name}`.execute(db);
  return rows.map((row) => row.payload);
};

const mailsOf = (db: Database) => db.selectFrom('mail_outbox').select(['kind', 'subject']).execute();

test('a line whose person changed name waits for the student, confirmed it says the new name', () =>
  withIssuing(async ({ db, parts, student, issue }) => {
    const orderId = await placePaidOrder(parts, student, ['ja', 'en']);
    await db.updateTable('person').set({ name_ja: '鈴木 美咲' }).execute();
    await issue(orderId);
    assert.equal((await readOrder(db, orderId)).state, 'held');
    const held = await readOrderLines(db, orderId);
    assert.deepEqual(
      held.map(({ state, reasons }) => [state, ...reasons]),
      [
        ['held', 'name'],
        ['held', 'name'],
      ],
    );
    assert.deepEqual(
      (await mailsOf(db)).map(({ kind }) => kind),
      ['line-held', 'line-held'],
    );
    const [first, second] = held;
    assert.ok(first !== undefined && second !== undefined);
    const order = await readOrder(db, orderId);
    const answer = { order, actor: `account:${student.accountId}` };
    await confirmLine(parts.ordering, { ...answer, lineId: first.id });
    await issue(orderId);
    assert.equal((await readOrder(db, orderId)).state, 'ready');
    const [confirmed, other] = await readOrderLines(db, orderId);
    assert.equal(confirmed?.state, 'made');
    assert.equal(confirmed?.snapshot.person.nameJa, '鈴木 美咲');
    assert.equal(other?.state, 'held');
    await declineLine(parts.ordering, { ...answer, lineId: second.id });
    assert.deepEqual(await jobsNamed(db, 'refund-lines'), [
      { orderId, lineIds: second.id, reason: 'declined' },
    ]);
  }));

test('a hold between payment and sealing: nothing is issued, the money goes back, the student is told', () =>
  withIssuing(async ({ db, clock, parts, student, issue, run }) => {
    const orderId = await placePaidOrder(parts, student);
    const hold = { register_key: 'H1', person_id: student.personId, reason: 'tuition' };
    await db
      .insertInto('hold')
      .values({ ...hold, starts_on: Temporal.PlainDate.from('2026-11-01') })
      .execute();
    clock.advance({ seconds: 1 });
    await issue(orderId);
    const [line] = await readOrderLines(db, orderId);
    assert.deepEqual([line?.state, ...(line?.reasons ?? [])], ['not_issued', 'hold-tuition']);
    assert.deepEqual(await jobsNamed(db, 'refund-lines'), [
      { orderId, lineIds: line?.id, reason: 'hold-tuition' },
    ]);
    assert.equal((await db.selectFrom('issued_certificate').select('id').execute()).length, 0);
    const [mail] = await mailsOf(db);
    await run('refund-lines', { orderId, lineIds: line?.id ?? '', reason: 'hold-tuition' });
    // The test's order is paid without a payment, so there is nothing to give back.
    assert.equal((await readOrder(db, orderId)).state, 'cancelled');
    assert.match(mail?.subject ?? '', /could not be issued/);
  }));

test('one line that cannot be issued any more holds up no other, and a line that follows keeps the number open', () =>
  withIssuing(async ({ db, parts, student, issue, copier }) => {
    const orderId = await placePaidOrder(parts, student, ['ja', 'en']);
    await db.updateTable('person').set({ name_roman: null }).execute();
    await issue(orderId);
    const lines = await readOrderLines(db, orderId);
    const byLanguage = Object.fromEntries(lines.map((line) => [line.language, line.state]));
    assert.deepEqual(byLanguage, { ja: 'held', en: 'not_issued' });
    const [held] = lines.filter(({ state }) => state === 'held');
    assert.ok(held !== undefined);
    const order = await readOrder(db, orderId);
    await confirmLine(parts.ordering, { order, lineId: held.id, actor: 'account' });
    await issue(orderId);
    const lease = (await (await copier.claim(orderId)).json()) as { claim: string; documents: unknown[] };
    assert.equal(lease.documents.length, 1);
    const impressions = [{ document: 1, result: 'completed', pages: 1 }];
    assert.ok((await copier.call('POST', `/claims/${lease.claim}/outcome`, { fence: 1, impressions })).ok);
    assert.equal((await readOrder(db, orderId)).state, 'printed');
  }));

test('what is not confirmed in time is refunded', () =>
  withIssuing(async ({ db, clock, parts, student, issue, run }) => {
    const orderId = await placePaidOrder(parts, student);
    await db
      .updateTable('person')
      .set({ birth_date: Temporal.PlainDate.from('2005-07-15') })
      .execute();
    await issue(orderId);
    const [line] = await readOrderLines(db, orderId);
    assert.ok(line !== undefined);
    await run('end-line-hold', { orderId, lineId: line.id });
    assert.equal((await readOrderLines(db, orderId))[0]?.state, 'held');
    clock.advance({ hours: 24 * 8 });
    await run('end-line-hold', { orderId, lineId: line.id });
    await run('refund-lines', { orderId, lineIds: line.id, reason: 'not-confirmed' });
    assert.deepEqual((await readOrderLines(db, orderId))[0]?.reasons, ['not-confirmed']);
    assert.equal((await readOrder(db, orderId)).state, 'cancelled');
  }));

test('a line that is held when its order is cancelled is neither asked about nor refused: all the money goes back at once', () =>
  withIssuing(async ({ db, clock, parts, student, issue, run }) => {
    const orderId = await placePaidOrder(parts, student, ['ja', 'en']);
    await db.updateTable('person').set({ name_ja: '鈴木 美咲' }).execute();
    await issue(orderId);
    const [first, second] = await readOrderLines(db, orderId);
    assert.ok(first !== undefined && second !== undefined);
    const answer = { order: await readOrder(db, orderId), actor: `account:${student.accountId}` };
    await confirmLine(parts.ordering, { ...answer, lineId: first.id });
    await issue(orderId);
    await cancelOrder(parts.ordering, await readOrder(db, orderId));
    const mails = (await mailsOf(db)).length;
    for (const act of [confirmLine, declineLine])
      await assert.rejects(act(parts.ordering, { ...answer, lineId: second.id }), { code: 'wrong-state' });
    clock.advance({ hours: 24 * 8 });
    await run('end-line-hold', { orderId, lineId: second.id });
    assert.equal((await readOrderLines(db, orderId))[1]?.state, 'held');
    assert.deepEqual(await jobsNamed(db, 'refund-lines'), []);
    assert.equal((await mailsOf(db)).length, mails);
  }));

test('an order cancelled while a line of it is looked at again gets no certificate', () =>
  withIssuing(async ({ db, parts, student, issue, run }) => {
    const orderId = await placePaidOrder(parts, student, ['ja', 'en']);
    await db.updateTable('person').set({ name_ja: '鈴木 美咲' }).execute();
    await issue(orderId);
    const order = await readOrder(db, orderId);
    const [first, second] = await readOrderLines(db, orderId);
    await confirmLine(parts.ordering, { order, lineId: first?.id ?? '', actor: 'account' });
    await issue(orderId);
    await confirmLine(parts.ordering, { order, lineId: second?.id ?? '', actor: 'account' });
    const recheckLines = async (): Promise<void> => {
      await parts.issuance.recheckLines(orderId);
      await cancelOrder(parts.ordering, await readOrder(db, orderId));
      await run('withdraw-order', { orderId });
    };
    const { 'issue-order': issueOrder } = issuanceJobs({ ...parts.issuance, recheckLines }, parts.archive);
    await issueOrder?.({ orderId });
    assert.equal((await readOrder(db, orderId)).state, 'refund_ready');
    const issued = await db.selectFrom('issued_certificate').select('status').execute();
    assert.deepEqual(issued, [{ status: 'void' }]);
  }));
