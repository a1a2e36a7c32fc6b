import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelOrder, readOrder } from '#features/ordering/index.ts';
import type { IssuingWorld } from '#test/support/issuing.ts';
import { placePaidOrder, withIssuing } from '#test/support/issuing.ts';
import { eraseOldTickets } from './erased-ticket.ts';
import { extendPrint } from './extend-print.ts';
import { replaceBadPrint } from './replace-bad-print.ts';

type Lease = { claim: string; fence: number; documents: { document: number; sha256: string }[] };

const claimed = async ({ copier }: IssuingWorld, orderId: string): Promise<Lease> => {
  const response = await copier.claim(orderId);
  assert.equal(response.status, 200);
  return (await response.json()) as Lease;
};

const printed = async (world: IssuingWorld, orderId: string): Promise<void> => {
  const { claim, fence, documents } = await claimed(world, orderId);
  const impressions = documents.map(({ document }) => ({ document, result: 'completed', pages: 1 }));
  const answer = await world.copier.call('POST', `/claims/${claim}/outcome`, { fence, impressions });
  assert.equal(answer.status, 200);
};

const certificates = ({ db }: IssuingWorld) =>
  db
    .selectFrom('issued_certificate')
    .select(['serial', 'impression', 'status', 'status_reason', 'state', 'record'])
    .orderBy('reserved_at')
    .orderBy('impression')
    .execute();

const subjects = async ({ db }: IssuingWorld): Promise<string[]> =>
  (await db.selectFrom('mail_outbox').select('subject').orderBy('id').execute()).map((one) => one.subject);

const jobOf = ({ db }: IssuingWorld) => db.selectFrom('print_job').selectAll().executeTakeFirstOrThrow();

const withReady = (
  work: (world: IssuingWorld, orderId: string) => Promise<void>,
  languages?: readonly ('ja' | 'en')[],
): Promise<void> =>
  withIssuing(async (world) => {
    const orderId = await placePaidOrder(world.parts, world.student, languages);
    await world.issue(orderId);
    await work(world, orderId);
  });

test('a lapsed order is extended once: same number, serial, content and date of issue, the next impression', () =>
  withReady(async (world, orderId) => {
    const { parts, clock, run } = world;
    const before = await jobOf(world);
    clock.advance({ hours: 24 * 9 });
    await run('lapse-print', { jobId: before.id });
    assert.equal((await readOrder(world.db, orderId)).state, 'lapsed');
    assert.equal((await world.copier.claim(orderId)).status, 404);
    await extendPrint(parts.printing, { orderId, actor: 'account' });
    const after = await jobOf(world);
    assert.deepEqual(
      parts.printing.secrets.open(after.id, after.secrets),
      parts.printing.secrets.open(before.id, before.secrets),
    );
    await run('renew-print', { jobId: before.id });
    await printed(world, orderId);
    assert.equal((await readOrder(world.db, orderId)).state, 'printed');
    const [old, next, ...more] = await certificates(world);
    assert.deepEqual(more, []);
    assert.equal(old?.serial, next?.serial);
    assert.equal(`${old?.status} ${old?.status_reason}`, 'void never-released');
    assert.equal(`${next?.status} ${next?.impression}`, 'valid 2');
    const [a, b] = [old?.record, next?.record] as { issueDate: string; snapshot: object }[];
    assert.equal(b?.issueDate, a?.issueDate);
    assert.deepEqual(b?.snapshot, a?.snapshot);
    const mails = await subjects(world);
    assert.ok(mails.includes('The print deadline has passed'), mails.join());
    assert.ok(mails.some((subject) => subject.startsWith('The print deadline has been extended')));
    await assert.rejects(extendPrint(parts.printing, { orderId, actor: 'account' }));
  }));

test('the second lapse cannot be extended', () =>
  withReady(async (world, orderId) => {
    const { id: jobId } = await jobOf(world);
    for (const turn of [1, 2]) {
      world.clock.advance({ hours: 24 * 9 });
      await world.run('lapse-print', { jobId });
      const extended = extendPrint(world.parts.printing, { orderId, actor: 'account' });
      await (turn === 1 ? extended : assert.rejects(extended));
    }
    assert.equal((await readOrder(world.db, orderId)).state, 'lapsed');
  }));

test('a number that lapsed years ago is erased: it opens nothing, and is not extended', () =>
  withReady(async (world, orderId) => {
    const { parts, clock, run, db } = world;
    const job = await jobOf(world);
    const ticket = parts.printing.secrets.open(job.id, job.secrets);
    assert.equal(await eraseOldTickets(db, clock.now().add({ hours: 24 })), 0, 'it is still to be printed');
    clock.advance({ hours: 24 * 9 });
    await run('lapse-print', { jobId: job.id });
    assert.equal(await eraseOldTickets(db, clock.now()), 0);
    clock.advance({ seconds: 1 });
    assert.equal(await eraseOldTickets(db, clock.now()), 1);
    assert.equal(await eraseOldTickets(db, clock.now()), 0);
    assert.equal((await jobOf(world)).secrets.length, 0);
    assert.equal((await world.copier.call('POST', '/lookups', { ...ticket, device: 'd1' })).status, 404);
    await assert.rejects(extendPrint(parts.printing, { orderId, actor: 'account' }), /wrong-state/);
    assert.equal((await readOrder(db, orderId)).state, 'lapsed');
  }));

test('of an order that is partly on paper the rest is extended, and it cannot be cancelled', () =>
  withReady(
    async (world, orderId) => {
      const { claim, fence } = await claimed(world, orderId);
      await world.copier.call('POST', `/claims/${claim}/outcome`, {
        fence,
        impressions: [{ document: 1, result: 'completed', pages: 1 }],
      });
      world.clock.advance({ hours: 24 * 9 });
      await world.run('lapse-print', { jobId: (await jobOf(world)).id });
      await extendPrint(world.parts.printing, { orderId, actor: 'account' });
      const order = await readOrder(world.db, orderId);
      assert.equal(order.state, 'partly_printed');
      await assert.rejects(cancelOrder(world.parts.ordering, order));
      await printed(world, orderId);
      const valid = (await certificates(world)).filter(({ status }) => status === 'valid');
      assert.equal(valid.length, 2);
    },
    ['ja', 'en'],
  ));

test('a bad print voids its sheets at once and gives a new number, once, within 24 hours', () =>
  withReady(
    async (world, orderId) => {
      const { printing } = world.parts;
      await printed(world, orderId);
      const before = await jobOf(world);
      const asked = { orderId, actor: 'account' };
      await assert.rejects(replaceBadPrint(printing, { ...asked, positions: [] }));
      await replaceBadPrint(printing, { ...asked, positions: [2] });
      const bad = (await certificates(world)).filter(({ status }) => status === 'void');
      assert.deepEqual(
        bad.map((one) => one.status_reason),
        ['reprinted'],
      );
      const after = await jobOf(world);
      const [old, next] = [before, after].map((job) => printing.secrets.open(job.id, job.secrets));
      assert.notEqual(old?.printNumber, next?.printNumber);
      assert.equal((await world.copier.call('POST', '/lookups', { ...old, device: 'd2' })).status, 404);
      const order = await readOrder(world.db, orderId);
      assert.equal(order.state, 'partly_printed');
      await assert.rejects(cancelOrder(world.parts.ordering, order));
      await printed(world, orderId);
      assert.equal((await readOrder(world.db, orderId)).state, 'printed');
      await assert.rejects(replaceBadPrint(printing, { ...asked, positions: [1] }));
      assert.equal((await certificates(world)).filter(({ status }) => status === 'valid').length, 2);
      assert.ok((await subjects(world)).some((one) => one.startsWith('The number for printing again')));
    },
    ['ja', 'en'],
  ));

test('a day later a print can no longer be called bad', () =>
  withReady(async (world, orderId) => {
    await printed(world, orderId);
    world.clock.advance({ hours: 24, minutes: 1 });
    await assert.rejects(
      replaceBadPrint(world.parts.printing, { orderId, positions: [1], actor: 'account' }),
    );
  }));

test('cancelling a paid order voids what was made, destroys it and ends its number', () =>
  withReady(async (world, orderId) => {
    const job = await jobOf(world);
    await cancelOrder(world.parts.ordering, await readOrder(world.db, orderId));
    assert.equal((await world.copier.claim(orderId)).ok, false);
    await world.run('withdraw-order', { orderId });
    await world.run('close-print', { orderId });
    const [only] = await certificates(world);
    assert.equal(`${only?.status} ${only?.status_reason} ${only?.state}`, 'void never-released destroyed');
    assert.deepEqual(await world.db.selectFrom('document_key').selectAll().execute(), []);
    const ticket = world.parts.printing.secrets.open(job.id, job.secrets);
    assert.equal((await world.copier.call('POST', '/lookups', { ...ticket, device: 'd1' })).status, 404);
    assert.equal((await readOrder(world.db, orderId)).state, 'refund_ready');
  }));
