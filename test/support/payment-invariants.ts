import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { OrderState } from '#domain/order/states.ts';
import { PAID_STATES } from '#domain/order/states.ts';
import type { Database } from '#platform/database/database.ts';
import type { MemoryCompany } from './memory-company.ts';
import type { World } from './payment-world.ts';

type Facts = Awaited<ReturnType<typeof readFacts>>;
type Invariant = {
  readonly name: string;
  /** Holds only once nothing is under way any more. */
  readonly atRest?: true;
  readonly holds: (facts: Facts, company: MemoryCompany) => boolean;
};

const sum = <One>(all: readonly One[], yen: (one: One) => number): number =>
  all.reduce((total, one) => total + yen(one), 0);

const readFacts = async (
  db: Database,
  orderId: string,
  stateAfter: (events: { event: string }[]) => OrderState,
) => {
  const order = await db
    .selectFrom('certificate_order')
    .select(['state', 'total_yen'])
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  const payments = await db
    .selectFrom('payment')
    .select(['id', 'state', 'amount_yen', 'settled_yen', 'checkout_id', 'method'])
    .where('order_id', '=', orderId)
    .execute();
  const refunds = await db
    .selectFrom('payment_refund')
    .innerJoin('payment', 'payment.id', 'payment_refund.payment_id')
    .select(['payment_refund.id', 'payment_refund.state', 'payment_refund.amount_yen', 'recorded_by'])
    .select(['seconded_by', 'reason', 'payment_id'])
    .where('order_id', '=', orderId)
    .execute();
  const refundedLines = await db
    .selectFrom('payment_refund_line')
    .innerJoin('order_line', 'order_line.id', 'payment_refund_line.order_line_id')
    .select('order_line_id')
    .where('order_id', '=', orderId)
    .execute();
  const entries = await db
    .selectFrom('ledger_entry')
    .innerJoin('ledger_posting', 'ledger_posting.id', 'ledger_entry.posting_id')
    .innerJoin('payment', 'payment.id', 'ledger_posting.payment_id')
    .select(['ledger_posting.kind', 'account', 'ledger_entry.amount_yen', 'payment_id'])
    .where('order_id', '=', orderId)
    .execute();
  const events = await db
    .selectFrom('order_event')
    .select(['event', 'actor'])
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute();
  const audit = await db
    .selectFrom('audit_event')
    .select('type')
    .where('subject', '=', `order:${orderId}`)
    .execute();
  const jobs = await sql<{ n: number }>`select count(*)::int as n from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'issue-order' and j.payload->>'orderId' = ${orderId}`.execute(db);
  const balance = (account: string): number =>
    sum(
      entries.filter((entry) => entry.account === account),
      ({ amount_yen: yen }) => Number(yen),
    );
  return {
    order: { state: order.state as OrderState, total: order.total_yen },
    payments,
    settled: payments.filter(({ state }) => state === 'settled'),
    refunds,
    refundedLines,
    entries,
    events,
    audit,
    issueJobs: jobs.rows[0]?.n ?? 0,
    walked: stateAfter(events),
    balance,
  };
};

const moneyIn = ({ checkouts }: MemoryCompany): number =>
  sum(
    [...checkouts.values()].filter(({ state }) => state === 'paid'),
    ({ amount }) => amount,
  );
const sentBack = ({ refunds }: MemoryCompany): number =>
  sum(
    refunds.filter(({ state }) => state !== 'failed'),
    ({ amount }) => amount,
  );
const count = <One>(all: readonly One[], is: (one: One) => boolean): number => all.filter(is).length;
const times = ({ events }: Facts, ...names: string[]): number =>
  count(events, ({ event }) => names.includes(event));

export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'the ledger is level',
    holds: ({ entries }) => sum(entries, ({ amount_yen: yen }) => Number(yen)) === 0,
  },
  { name: 'nothing stays receivable', holds: ({ balance }) => balance('receivable') === 0 },
  {
    name: 'one payment at most is under way',
    holds: ({ payments }) =>
      count(payments, ({ state }) => ['ready', 'submitted', 'open'].includes(state)) <= 1,
  },
  {
    name: 'each settled payment is booked once, and no other is',
    holds: ({ entries, settled }) => {
      const booked = entries.filter(
        ({ kind, account }) =>
          account === 'clearing' && (kind === 'settlement' || kind === 'late-settlement'),
      );
      return (
        booked.length === settled.length &&
        new Set(booked.map((one) => one.payment_id)).size === settled.length
      );
    },
  },
  {
    name: 'nothing is settled that the company has no money for',
    holds: ({ settled }, { checkouts }) =>
      settled.every(({ checkout_id: id }) => checkouts.get(id ?? '')?.state === 'paid'),
  },
  {
    name: 'nothing is released before money',
    holds: ({ issueJobs, settled }) => issueJobs === 0 || settled.length > 0,
  },
  {
    name: 'issuing is asked for once for each time the order was paid',
    holds: (facts) => facts.issueJobs === times(facts, 'settle', 'accept-late') && facts.issueJobs <= 1,
  },
  {
    name: 'the state is where its events lead, by edges of the table',
    holds: ({ order, walked }) => order.state === walked,
  },
  {
    name: 'every edge has its audit event',
    holds: ({ events, audit }) => count(audit, ({ type }) => type === 'order.moved') === events.length,
  },
  {
    name: 'no more goes back than came in',
    holds: ({ refunds, settled }) =>
      settled.every(
        ({ id, settled_yen: yen }) =>
          sum(
            refunds.filter((one) => one.payment_id === id),
            (one) => one.amount_yen,
          ) <= (yen ?? 0),
      ) && refunds.every((one) => settled.some(({ id }) => id === one.payment_id)),
  },
  {
    name: 'the company sends back no more than we have noted',
    holds: ({ refunds }, company) => sentBack(company) <= sum(refunds, ({ amount_yen: yen }) => yen),
  },
  {
    name: 'a line goes back once',
    holds: ({ refundedLines }) =>
      new Set(refundedLines.map((line) => line.order_line_id)).size === refundedLines.length,
  },
  {
    name: 'cash goes back by two different people, and never through the company',
    holds: ({ refunds, payments }) =>
      refunds
        .filter(({ payment_id: id, state }) => {
          return state === 'done' && payments.some((one) => one.id === id && one.method === 'storeCash');
        })
        .every(({ recorded_by: by, seconded_by: second }) => by !== null && second !== null && by !== second),
  },
  {
    name: 'late money waits for a person',
    holds: (facts) =>
      facts.order.state !== 'paid_late' || (facts.issueJobs === 0 && facts.balance('revenue') === 0),
  },
  {
    name: 'an order that waits for its payment has none in the right amount',
    holds: ({ order, settled }) =>
      order.state !== 'awaiting_payment' || settled.every((one) => one.settled_yen !== one.amount_yen),
  },
  {
    name: 'what is owed back is what waits to go back, or for a decision',
    holds: ({ balance, refunds, order, settled }) => {
      const waiting = sum(
        refunds.filter(({ state }) => state !== 'done'),
        ({ amount_yen: yen }) => yen,
      );
      const undecided = order.state === 'paid_late' ? (settled[0]?.settled_yen ?? 0) : 0;
      return -balance('refunds_payable') === waiting + undecided;
    },
  },
  {
    name: 'at rest no money at the company is unknown to us',
    atRest: true,
    holds: ({ settled }, company) => sum(settled, ({ settled_yen: yen }) => yen ?? 0) === moneyIn(company),
  },
  {
    name: 'at rest what the company sent back is what we call done',
    atRest: true,
    holds: ({ refunds }, company) =>
      sum(
        refunds.filter((one) => one.state === 'done' && one.recorded_by === null),
        (one) => one.amount_yen,
      ) === sentBack(company),
  },
  {
    name: 'at rest no refund is on its way',
    atRest: true,
    holds: ({ refunds }) => refunds.every(({ state }) => state === 'done' || state === 'by_hand'),
  },
  {
    name: 'at rest a refunded order has nothing left, and an order to refund waits for a transfer',
    atRest: true,
    holds: ({ order, settled, refunds }) => {
      const open = refunds.some(({ state }) => state !== 'done');
      const back = sum(refunds, ({ amount_yen: yen }) => yen);
      if (order.state === 'refunded')
        return !open && back === sum(settled, ({ settled_yen: yen }) => yen ?? 0);
      return order.state !== 'refund_ready' || open;
    },
  },
  {
    name: 'at rest a paid order has earned its price less what went back',
    atRest: true,
    holds: ({ order, balance, refunds }) => {
      if (!PAID_STATES.includes(order.state)) return true;
      const back = sum(
        refunds.filter(({ reason }) => reason === 'not-issued'),
        ({ amount_yen: yen }) => yen,
      );
      return -balance('revenue') === order.total - back;
    },
  },
  {
    name: 'at rest nobody can pay an order that has ended',
    atRest: true,
    holds: ({ order }, { checkouts }) =>
      order.state === 'awaiting_payment' || [...checkouts.values()].every(({ state }) => state !== 'open'),
  },
];

/** Looks at the order and the company, and fails with the names of all invariants that do not hold. */
export const checkInvariants = async (
  { dependencies: { db }, company, orderId }: World,
  stateAfter: (events: { event: string }[]) => OrderState,
  { atRest }: { readonly atRest: boolean },
): Promise<void> => {
  const facts = await readFacts(db, orderId, stateAfter);
  const broken = INVARIANTS.filter((one) => atRest || one.atRest !== true).filter(
    (one) => !one.holds(facts, company),
  );
  const { order, payments, refunds, events } = facts;
  const seen = JSON.stringify({ order, payments, refunds, events: events.map(({ event }) => event) });
  assert.deepEqual(
    broken.map(({ name }) => name),
    [],
    seen,
  );
};
