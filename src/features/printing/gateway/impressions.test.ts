import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeSeal } from '#domain/seal/judge-seal.ts';
import { encodeSealUrl } from '#domain/seal/seal.ts';
import { withdrawCertificate } from '#features/issuance/index.ts';
import { cancelOrder, readOrder } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import type { IssuingWorld } from '#test/support/issuing.ts';
import { placePaidOrder, withIssuing } from '#test/support/issuing.ts';
import { untilBlocked } from '#test/support/until-blocked.ts';
import { extendPrint } from '../extend-print.ts';
import { reprintUnconfirmed } from '../reprint-unconfirmed.ts';

type Lease = { claim: string; fence: number; documents: { document: number; sha256: string }[] };

const claimed = async ({ copier }: IssuingWorld, orderId: string): Promise<Lease> => {
  const response = await copier.claim(orderId);
  assert.equal(response.status, 200);
  return (await response.json()) as Lease;
};

const report = ({ copier }: IssuingWorld, lease: Lease, result: string, pages = 1): Promise<Response> =>
  copier.call('POST', `/claims/${lease.claim}/outcome`, {
    fence: lease.fence,
    impressions: lease.documents.map(({ document }) => ({ document, result, pages })),
  });

/** What the verification page says of the seal of each impression, in order. */
const verdicts = async ({ db, parts }: IssuingWorld) => {
  const rows = await db
    .selectFrom('certificate_seal')
    .innerJoin('issued_certificate', 'issued_certificate.id', 'certificate_seal.issued_certificate_id')
    .select('seal')
    .orderBy('impression')
    .execute();
  const withdrawn = await db
    .selectFrom('issued_certificate')
    .select(['serial', 'impression', 'status', 'status_reason', 'status_since'])
    .where('status', '!=', 'valid')
    .execute();
  const statusList = withdrawn.map(({ serial, impression, status, ...why }) => ({
    serial,
    impression,
    state: status === 'void' ? ('void' as const) : ('superseded' as const),
    reason: why.status_reason ?? '',
    since: String(why.status_since),
  }));
  const host = parts.verificationHost;
  const { sealKeys } = await parts.publishedKeys();
  const found = [];
  for (const { seal } of rows) {
    const options = { host, keys: sealKeys, statusList };
    const { word, withdrawal } = await judgeSeal(encodeSealUrl(host, seal), options);
    found.push(withdrawal === null ? word : `${word} ${withdrawal.reason} ${withdrawal.since}`);
  }
  return found;
};

const withReady = (work: (world: IssuingWorld, orderId: string) => Promise<void>): Promise<void> =>
  withIssuing(async (world) => {
    const orderId = await placePaidOrder(world.parts, world.student);
    await world.issue(orderId);
    await work(world, orderId);
  });

test('a sheet pulled from the jammed machine is void, reprinted at that time, and the next is valid', () =>
  withReady(async (world, orderId) => {
    const jammed = await claimed(world, orderId);
    assert.equal((await report(world, jammed, 'partial')).status, 200);
    assert.deepEqual(await verdicts(world), ['valid']);
    world.clock.advance({ minutes: 3 });
    const again = await claimed(world, orderId);
    assert.deepEqual(await verdicts(world), ['void reprinted 2026-11-24T03:03:00Z', 'valid']);
    assert.notEqual(again.documents[0]?.sha256, jammed.documents[0]?.sha256);
    assert.equal((await report(world, again, 'completed')).status, 200);
    assert.equal((await readOrder(world.db, orderId)).state, 'printed');
  }));

test('after a power loss the impression stays valid until the next claim voids it; the late outcome is stale', () =>
  withReady(async (world, orderId) => {
    const lost = await claimed(world, orderId);
    world.clock.advance({ minutes: 3 });
    await world.run('end-print-lease', { claimId: lost.claim });
    assert.equal((await readOrder(world.db, orderId)).state, 'outcome_unknown');
    assert.deepEqual(await verdicts(world), ['valid']);
    const again = await claimed(world, orderId);
    assert.deepEqual(await verdicts(world), ['void reprinted 2026-11-24T03:03:00Z', 'valid']);
    assert.equal((await report(world, lost, 'completed')).status, 409);
    assert.equal((await report(world, again, 'completed')).status, 200);
    assert.equal((await verdicts(world)).filter((word) => word === 'valid').length, 1);
  }));

test('an outcome with the latest fence counts after the lease, also after the deadline', () =>
  withReady(async (world, orderId) => {
    const lease = await claimed(world, orderId);
    world.clock.advance({ hours: 24 * 9 });
    const { id: jobId } = await world.db.selectFrom('print_job').select('id').executeTakeFirstOrThrow();
    await world.run('lapse-print', { jobId });
    assert.equal((await readOrder(world.db, orderId)).state, 'printed_unconfirmed');
    assert.equal((await report(world, lease, 'completed')).status, 200);
    assert.equal((await readOrder(world.db, orderId)).state, 'printed');
    assert.deepEqual(await verdicts(world), ['valid']);
  }));

test('an order whose print was never confirmed can be reprinted once, which voids the old sheet', () =>
  withReady(async (world, orderId) => {
    const lost = await claimed(world, orderId);
    world.clock.advance({ hours: 24 * 9 });
    const { id: jobId } = await world.db.selectFrom('print_job').select('id').executeTakeFirstOrThrow();
    await world.run('lapse-print', { jobId });
    await reprintUnconfirmed(world.parts.printing, { orderId, actor: 'account' });
    assert.equal((await report(world, lost, 'completed')).status, 409);
    await claimed(world, orderId);
    const [old, next] = await verdicts(world);
    assert.match(old ?? '', /^void reprinted /);
    assert.equal(next, 'valid');
    world.clock.advance({ hours: 24 * 9 });
    await world.run('lapse-print', { jobId });
    assert.equal((await readOrder(world.db, orderId)).state, 'printed_unconfirmed');
    await assert.rejects(reprintUnconfirmed(world.parts.printing, { orderId, actor: 'account' }));
  }));

test('of 8 claimers after a jam one wins, and one impression is valid', () =>
  withReady(async (world, orderId) => {
    await report(world, await claimed(world, orderId), 'failed', 0);
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.copier.claim(orderId)));
    assert.equal(answers.filter(({ ok }) => ok).length, 1);
    assert.equal((await verdicts(world)).filter((word) => word === 'valid').length, 1);
  }));

test('withdrawn before it is printed, a certificate is void in all its impressions and prints no more', () =>
  withReady(async (world, orderId) => {
    await report(world, await claimed(world, orderId), 'partial');
    const { serial } = await world.db
      .selectFrom('issued_certificate')
      .select('serial')
      .executeTakeFirstOrThrow();
    const people = { by: 'Ito', second: 'Mori' };
    const withdrawal = { serial, status: 'void', reason: 'issued-in-error' } as const;
    await assert.rejects(withdrawCertificate(world, { ...withdrawal, by: 'Ito', second: ' ＩＴＯ ' }));
    assert.equal(await withdrawCertificate(world, { ...withdrawal, ...people }), 1);
    assert.equal((await world.copier.claim(orderId)).ok, false);
    assert.deepEqual(await verdicts(world), ['void issued-in-error 2026-11-24T03:00:00Z']);
  }));

test('a certificate withdrawn while a copier prints it costs the other copies nothing of what it reports', () =>
  withIssuing(async (world) => {
    const orderId = await placePaidOrder(world.parts, world.student, ['ja', 'en']);
    await world.issue(orderId);
    const lease = await claimed(world, orderId);
    const [, second] = await world.parts.printing.listDocuments(world.db, orderId);
    assert.ok(second !== undefined);
    const { serial } = await world.db
      .selectFrom('issued_certificate')
      .select('serial')
      .where('id', '=', second.documentId)
      .executeTakeFirstOrThrow();
    const people = { by: 'Ito', second: 'Mori' };
    await withdrawCertificate(world, { serial, status: 'void', reason: 'issued-in-error', ...people });
    await world.run('withdraw-print', { documentId: second.documentId });
    assert.equal((await report(world, lease, 'completed')).status, 200);
    assert.equal(await stateOf(world, orderId), 'printed');
    assert.deepEqual((await verdicts(world)).toSorted(), [
      'valid',
      'void issued-in-error 2026-11-24T03:00:00Z',
    ]);
  }));

const stateOf = async ({ db }: IssuingWorld, orderId: string) => (await readOrder(db, orderId)).state;

const cancel = async ({ parts, db }: IssuingWorld, orderId: string): Promise<void> =>
  cancelOrder(parts.ordering, await readOrder(db, orderId));

test('where the machine stopped before any sheet the order can be cancelled', () =>
  withReady(async (world, orderId) => {
    await report(world, await claimed(world, orderId), 'failed', 0);
    assert.equal(await stateOf(world, orderId), 'ready');
    await cancel(world, orderId);
    assert.equal(await stateOf(world, orderId), 'refund_ready');
  }));

test('a sheet may lie in a jammed machine: no clean failure, no extension makes the order cancellable again', () =>
  withReady(async (world, orderId) => {
    await report(world, await claimed(world, orderId), 'partial', 1);
    assert.equal(await stateOf(world, orderId), 'partly_printed');
    await assert.rejects(cancel(world, orderId), /wrong-state/);
    await report(world, await claimed(world, orderId), 'failed', 0);
    await assert.rejects(cancel(world, orderId), /wrong-state/);
    world.clock.advance({ hours: 24 * 9 });
    const { id: jobId } = await world.db.selectFrom('print_job').select('id').executeTakeFirstOrThrow();
    await world.run('lapse-print', { jobId });
    assert.equal(await stateOf(world, orderId), 'lapsed');
    await extendPrint(world.parts.printing, { orderId, actor: 'account' });
    assert.equal(await stateOf(world, orderId), 'partly_printed');
    await assert.rejects(cancel(world, orderId), /wrong-state/);
  }));

test('pages told on the way, an impression not named, a claim that fell silent: each may be a sheet', async () => {
  await withReady(async (world, orderId) => {
    const lease = await claimed(world, orderId);
    await world.copier.call('POST', `/claims/${lease.claim}/pages`, { fence: lease.fence, pages: 1 });
    await report(world, lease, 'failed', 0);
    await assert.rejects(cancel(world, orderId), /wrong-state/);
  });
  await withReady(async (world, orderId) => {
    await report(world, { ...(await claimed(world, orderId)), documents: [] }, 'failed', 0);
    await assert.rejects(cancel(world, orderId), /wrong-state/);
  });
  await withReady(async (world, orderId) => {
    const lost = await claimed(world, orderId);
    world.clock.advance({ minutes: 3 });
    await world.run('end-print-lease', { claimId: lost.claim });
    await report(world, await claimed(world, orderId), 'failed', 0);
    await assert.rejects(cancel(world, orderId), /wrong-state/);
  });
});

test('of a claim that makes a copy anew and a cancelling at that moment nothing valid is left behind', () =>
  withReady(async (world, orderId) => {
    const { db, run } = world;
    await report(world, await claimed(world, orderId), 'failed', 0);
    const locked = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const holding = transaction(db, async (tx) => {
      await tx.selectFrom('issued_certificate').select('id').forUpdate().execute();
      locked.resolve();
      await held.promise;
    });
    await locked.promise;
    const claiming = world.copier.claim(orderId);
    await untilBlocked(db, 1);
    const cancelling = cancel(world, orderId).then(() => run('withdraw-order', { orderId }));
    await untilBlocked(db, 2);
    held.resolve();
    await Promise.all([holding, claiming, cancelling]);
    assert.equal(await stateOf(world, orderId), 'refund_ready');
    assert.deepEqual(await world.parts.printing.listDocuments(db, orderId), []);
    const statuses = await db.selectFrom('issued_certificate').select('status').execute();
    assert.deepEqual([...new Set(statuses.map(({ status }) => status))], ['void']);
  }));
