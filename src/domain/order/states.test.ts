import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OrderEvent, OrderState } from './states.ts';
import { mayOrder, nextOrderState, ORDER_EDGES, ORDER_STATES, PAID_STATES } from './states.ts';

const events = [...new Set(ORDER_EDGES.map((edge) => edge.event))];

/** The states an order passes through when the refused events of a history are left out. */
const walk = (history: readonly OrderEvent[]): OrderState[] => {
  const states: OrderState[] = [nextOrderState(null, 'submit')];
  for (const event of history) {
    const state = states.at(-1) ?? 'expired';
    if (mayOrder(state, event)) states.push(nextOrderState(state, event));
    else assert.throws(() => nextOrderState(state, event), { code: 'wrong-state' });
  }
  return states;
};

test('no history leaves the table, and nothing is prepared before money came', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 60 }), (history) => {
      const states = walk(history);
      for (const state of states) assert.ok(ORDER_STATES.includes(state));
      const firstPaid = states.indexOf('paid');
      const firstWorked = states.findIndex((state) => state !== 'paid' && PAID_STATES.includes(state));
      assert.ok(firstWorked === -1 || (firstPaid !== -1 && firstPaid < firstWorked));
    }),
  );
});

test('refunded is the end, and what is printed is only ever printed again where it came out badly', () => {
  const after = (state: OrderState) => events.filter((event) => mayOrder(state, event));
  assert.deepEqual(after('refunded'), []);
  assert.deepEqual(after('printed'), ['replace-bad-print']);
});

test('every state can be reached', () => {
  const reached = new Set<OrderState | null>([null]);
  for (let round = 0; round < ORDER_STATES.length; round += 1) {
    for (const edge of ORDER_EDGES) if (reached.has(edge.from)) reached.add(edge.to);
  }
  assert.deepEqual(
    ORDER_STATES.filter((state) => !reached.has(state)),
    [],
  );
});

test('from one state an event leads to one place', () => {
  const keys = ORDER_EDGES.map((edge) => `${edge.from}/${edge.event}`);
  assert.equal(new Set(keys).size, keys.length);
});
