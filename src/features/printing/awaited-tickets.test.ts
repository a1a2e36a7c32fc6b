import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCopiers } from '#test/support/copier-gateway.ts';
import { openAwaitedTickets } from './awaited-tickets.ts';

const FOR_EVER = 600_000;

test('a wait ends when the ticket is there, those for other orders go on, and closing ends them all', () =>
  withCopiers(async ({ db, addOrder }) => {
    const [first, other] = [await addOrder(1), await addOrder(1)];
    const orders = [first.orderId, other.orderId];
    const preparing = db
      .updateTable('certificate_order')
      .set({ state: 'preparing' })
      .where('id', 'in', orders);
    await preparing.execute();
    const awaited = openAwaitedTickets(db, { everyMs: 10, mostMs: FOR_EVER });
    const ended: string[] = [];
    const wait = (name: string, orderId: string) => awaited.wait(orderId).then(() => ended.push(name));
    const firsts = [wait('first', first.orderId), wait('first again', first.orderId)];
    const others = wait('other', other.orderId);
    await db
      .updateTable('certificate_order')
      .set({ state: 'ready' })
      .where('id', '=', first.orderId)
      .execute();
    await Promise.all(firsts);
    assert.deepEqual(ended, ['first', 'first again']);
    awaited.close();
    await others;
    await awaited.wait(other.orderId);
  }));

test('a ticket that is being replaced is waited for, and nobody waits longer than was said', () =>
  withCopiers(async ({ db, addOrder }) => {
    const { orderId } = await addOrder(1);
    const replacing = (value: boolean) =>
      db.updateTable('print_job').set({ replacing: value }).where('order_id', '=', orderId).execute();
    await replacing(true);
    await openAwaitedTickets(db, { everyMs: 10, mostMs: 60 }).wait(orderId);
    const awaited = openAwaitedTickets(db, { everyMs: 10, mostMs: FOR_EVER });
    const wait = awaited.wait(orderId);
    await replacing(false);
    await wait;
  }));

test('a database that is away for a moment ends no wait', () =>
  withCopiers(async ({ db, addOrder }) => {
    const { orderId } = await addOrder(1);
    let asked = 0;
    const away = {
      getExecutor: () => db.getExecutor(),
      executeQuery: (...query: Parameters<typeof db.executeQuery>) => {
        asked += 1;
        return asked < 3 ? Promise.reject(new Error('away')) : db.executeQuery(...query);
      },
    } as typeof db;
    await openAwaitedTickets(away, { everyMs: 10, mostMs: FOR_EVER }).wait(orderId);
    assert.equal(asked, 3);
  }));
