import assert from 'node:assert/strict';
import type { CampusWorld } from './campus.ts';
import { sha256 } from './copier-gateway.ts';
import type { CupsPrinter } from './cups-printer.ts';
import { seededDraw } from './guesses.ts';

const printedOnce = async (
  world: CampusWorld,
  orderId: string,
  printed: readonly string[],
): Promise<void> => {
  const { document_id: documentId, state } = await world.db
    .selectFrom('print_document')
    .innerJoin('print_job', 'print_job.id', 'print_document.job_id')
    .select(['document_id', 'state'])
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  assert.equal(state, 'completed');
  const hash = sha256(await world.dependencies.readDocument(documentId));
  assert.equal(printed.filter((one) => one === hash).length, 1, 'printed once, byte for byte');
};

/**
 * Sends `orders` to CUPS' printer, which is busy, jams or loses its network for one in eight of them, drawn from `seed`.
 * Every order is printed in the end, and the bytes of its last impression came out of the printer exactly once.
 */
export const pushAll = async (
  world: CampusWorld,
  printer: CupsPrinter,
  { orders, seed }: { orders: number; seed: number },
): Promise<void> => {
  const draw = seededDraw(seed);
  for (let n = 0; n < orders; n += 1) {
    const order = await world.addOrder(1, 'campus');
    const mishap = n < 3 ? n : draw(24);
    if (mishap === 0) {
      await printer.plug(false);
      await world.send(order);
      await world.follow(order);
      assert.equal(await world.troubleOf(order), 'unreachable');
      await printer.plug(true);
    } else if (mishap === 1) {
      printer.become('jam');
      await world.send(order);
      await world.settle(order);
      assert.equal(await world.troubleOf(order), 'stopped');
      assert.equal(await world.stateOf(order), 'partly_printed');
      printer.become('well');
      await world.send(order);
    } else if (mishap === 2) {
      const before = await world.addOrder(1, 'campus');
      printer.become('slow');
      await world.send(before);
      await world.follow(before);
      await world.send(order);
      await world.follow(order);
      assert.equal(await world.troubleOf(order), 'busy');
      printer.become('well');
      await world.settle(before);
    } else {
      await world.send(order);
    }
    await world.settle(order);
    assert.equal(await world.stateOf(order), 'printed');
    await printedOnce(world, order.orderId, printer.printed());
  }
};
