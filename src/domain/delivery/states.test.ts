import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OrderState } from '../order/states.ts';
import { mayOrder } from '../order/states.ts';
import type { DeliveryEvent, DeliveryProgress } from './states.ts';
import {
  DELIVERY_EDGES,
  DELIVERY_STATES,
  mayDeliver,
  nextDeliveryState,
  orderEventBetween,
  orderStateOf,
} from './states.ts';

const events = [...new Set(DELIVERY_EDGES.map(({ event }) => event))];
const step = fc.record({ recipient: fc.nat(4), event: fc.constantFrom(...events) });

/** Every state that an order passes through while its sendings live through a history. */
const walk = (count: number, history: readonly { recipient: number; event: DeliveryEvent }[]) => {
  const deliveries: DeliveryProgress[] = Array.from({ length: count }, () => ({
    state: 'sent',
    wasOpened: false,
  }));
  let order: OrderState = 'sent';
  const passed: { order: OrderState; deliveries: DeliveryProgress[] }[] = [];
  for (const { recipient, event } of history) {
    const index = recipient % count;
    const before = deliveries[index];
    if (before === undefined || !mayDeliver(before.state, event)) continue;
    const state = nextDeliveryState(before.state, event);
    deliveries[index] = { state, wasOpened: before.wasOpened || event === 'open' };
    const next = orderStateOf(deliveries);
    if (next !== order) {
      assert.ok(mayOrder(order, orderEventBetween(order, next)));
      order = next;
    }
    passed.push({ order, deliveries: [...deliveries] });
  }
  return passed;
};

test('whatever recipients do, their order moves along its own table', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 40 }), (count, history) => {
      for (const { order, deliveries } of walk(count, history)) {
        const opened = deliveries.some(({ wasOpened }) => wasOpened);
        // Money goes back from `recalled`: nothing may ever have been seen.
        if (order === 'recalled') assert.equal(opened, false);
        if (order === 'downloaded')
          assert.ok(deliveries.every(({ state }) => state === 'downloaded' || state === 'recalled'));
        if (order === 'sent') assert.equal(opened, false);
        for (const one of deliveries) if (one.wasOpened) assert.notEqual(one.state, 'recalled');
      }
    }),
    { numRuns: 2000 },
  );
});

test('a sending that lapsed is over, and one that was opened cannot be called back', () => {
  assert.deepEqual(
    events.filter((event) => mayDeliver('expired', event)),
    [],
  );
  for (const state of DELIVERY_STATES) assert.equal(mayDeliver(state, 'recall'), state === 'sent');
  assert.throws(() => nextDeliveryState('opened', 'recall'), { code: 'wrong-state' });
});
