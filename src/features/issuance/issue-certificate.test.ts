import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IssuingWorld } from '#test/support/issuing.ts';
import { placePaidOrder, withIssuing } from '#test/support/issuing.ts';
import { issueOrder } from './issue-order.ts';
import type { DocumentMaker } from './make-document.ts';
import { listWithdrawnUnlogged } from './status-store.ts';

/** Issues an order, and tells the rows by sheet by which each impression was sealed; null where they were measured. */
const issueWatched = async ({ parts }: IssuingWorld, orderId: string) => {
  const sealedBy: (readonly number[] | null)[] = [];
  const watched = (maker: DocumentMaker): DocumentMaker => ({
    ...maker,
    claims: (record, rowsByPage) => {
      sealedBy.push(rowsByPage);
      return maker.claims(record, rowsByPage);
    },
    forOne: () => watched(maker.forOne()),
  });
  await issueOrder({ ...parts.issuance, maker: watched(parts.issuance.maker) }, orderId);
  return sealedBy;
};

const readImpressions = ({ db }: IssuingWorld) =>
  db
    .selectFrom('issued_certificate')
    .select(['state', 'status', 'status_reason', 'pages', 'intent_sha256'])
    .select((from) =>
      from
        .selectFrom('certificate_seal')
        .select(({ fn }) => fn.countAll<bigint>().as('count'))
        .whereRef('issued_certificate_id', '=', 'issued_certificate.id')
        .as('seals'),
    )
    .orderBy('impression')
    .execute();

test('a certificate is sealed for the sheets that were counted when it was ordered', () =>
  withIssuing(async (world) => {
    const orderId = await placePaidOrder(world.parts, world.student);
    assert.deepEqual(await issueWatched(world, orderId), [[0]]);
    const made = (await readImpressions(world)).map(({ state, pages }) => [state, pages]);
    assert.deepEqual(made, [['made', 1]]);
  }));

test('laid out otherwise than was counted, it is void before anything of it is kept, and the next is measured', () =>
  withIssuing(async (world) => {
    const orderId = await placePaidOrder(world.parts, world.student);
    await world.db
      .updateTable('order_line')
      .set({ rows_by_sheet: [0, 0] })
      .execute();
    assert.deepEqual(await issueWatched(world, orderId), [[0, 0], null]);
    const [first, second, ...others] = await readImpressions(world);
    assert.deepEqual(others, []);
    const { state, status, status_reason: reason, intent_sha256: intent, seals } = first ?? assert.fail();
    assert.deepEqual(
      [state, status, reason, intent, seals],
      ['reserved', 'void', 'never-released', null, 0n],
    );
    assert.deepEqual([second?.state, second?.status, second?.pages], ['made', 'valid', 1]);
    assert.equal((await listWithdrawnUnlogged(world.db, world.clock.now())).length, 1);
  }));
