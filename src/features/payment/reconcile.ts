import { TOKYO } from '#domain/dates.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import { transaction } from '#platform/database/database.ts';
import { askCompany } from './ask-company.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { providersOf } from './dependencies.ts';
import type { OpenDispute } from './dispute-store.ts';
import { listOpenDisputes } from './dispute-store.ts';
import { post, readBalances } from './ledger-store.ts';
import { isPaymentId, listLatePayments, listPayments } from './payment-store.ts';
import type { PaymentProvider, Settlement, SettlementItem } from './providers/provider.ts';
import type { OpenClearing } from './settlement-store.ts';
import {
  findLastSettlement,
  insertSettlement,
  listForPeople,
  listOpenClearing,
  saveReport,
} from './settlement-store.ts';

/** Payouts are looked for again from so long before the last one, and from so long ago at first. */
const OVERLAP = { hours: 24 * 7 };
const FIRST_LOOK = { hours: 24 * 60 };
/** Items that bring money to our bank; the others take it. */
const GIVES: readonly SettlementItem['kind'][] = ['payment', 'dispute-reversal'];

export type Reconciliation = {
  readonly at: string;
  /** Payouts booked now, and yen in them that belong to no payment of ours. */
  readonly booked: number;
  readonly unknownYen: number;
  /** Always 0. */
  readonly sum: number;
  readonly balances: Readonly<Record<string, number>>;
  readonly openClearing: readonly OpenClearing[];
  readonly late: readonly string[];
  readonly byHand: readonly string[];
  readonly disputed: readonly string[];
  /** Orders whose payer's bank has taken the money back, while that is not decided. */
  readonly chargebacks: readonly OpenDispute[];
};

/**
 * Writes a payout into the ledger, each item under its payment; once. Returns the yen of items that are not ours. Money
 * for a payment that is not settled here came without its message: the company is asked about it.
 */
export const bookSettlement = (
  { db, clock }: Pick<PaymentDependencies, 'db' | 'clock'>,
  provider: string,
  settlement: Settlement,
): Promise<number | null> =>
  transaction(db, async (tx) => {
    const at = clock.now();
    const references = new Set(settlement.items.map(({ reference }) => reference));
    const payments = await listPayments(tx, provider, [...references].filter(isPaymentId));
    const known = new Map(payments.map(({ id, state }) => [id, state]));
    const unknown = settlement.items.filter(({ reference }) => !known.has(reference));
    const unknownYen = unknown.reduce((sum, { amount }) => sum + amount, 0);
    if (!(await insertSettlement(tx, settlement, { provider, unknownYen, at }))) return null;
    for (const item of settlement.items) {
      if (!known.has(item.reference)) continue;
      const common = { paymentId: item.reference, reference: `${settlement.id}:${item.id}`, at };
      const kind = GIVES.includes(item.kind) ? 'payout' : 'payout-refund';
      await post(tx, { ...common, kind, amount: item.amount });
      if (item.fee > 0) await post(tx, { ...common, kind: 'fee', amount: item.fee });
    }
    const disputed = settlement.items.filter(({ kind }) => kind.startsWith('dispute'));
    for (const paymentId of new Set(disputed.map(({ reference }) => reference)))
      if (known.has(paymentId)) await askCompany(tx, 'fetch-disputes', paymentId);
    for (const [paymentId, state] of known)
      if (state !== 'settled' && state !== 'disputed') await askCompany(tx, 'fetch-payment', paymentId);
    return unknownYen;
  });

const bookNew = async (dependencies: PaymentDependencies, provider: PaymentProvider) => {
  const last = await findLastSettlement(dependencies.db, provider.name);
  const since = last?.subtract(OVERLAP) ?? dependencies.clock.now().subtract(FIRST_LOOK);
  let booked = 0;
  let unknownYen = 0;
  for (const settlement of await provider.settlements(since)) {
    const unknown = await bookSettlement(dependencies, provider.name, settlement);
    if (unknown === null) continue;
    booked += 1;
    unknownYen += unknown;
  }
  return { booked, unknownYen };
};

/** Books the companies' payouts and reports what does not add up yet. The report is kept. */
export const reconcile = async (dependencies: PaymentDependencies): Promise<Reconciliation> => {
  const { db, clock } = dependencies;
  let booked = 0;
  let unknownYen = 0;
  for (const provider of providersOf(dependencies)) {
    const found = await bookNew(dependencies, provider);
    booked += found.booked;
    unknownYen += found.unknownYen;
  }
  const at = clock.now();
  const balances = await readBalances(db);
  const report: Reconciliation = {
    at: at.toString(),
    booked,
    unknownYen,
    sum: Object.values(balances).reduce((sum, yen) => sum + yen, 0),
    balances,
    openClearing: await listOpenClearing(db),
    late: (await listLatePayments(db)).map(({ orderNumber }) => orderNumber),
    ...(await listForPeople(db)),
    chargebacks: await listOpenDisputes(db),
  };
  await transaction(db, async (tx) => {
    await saveReport(tx, report, at);
    const { sum, openClearing } = report;
    const data = { booked, unknownYen, sum, openClearing: openClearing.length };
    await recordEvent(tx, { at, type: 'payments.reconciled', subject: 'ledger', actor: 'system', data });
  });
  return report;
};

/** The next 03:30 in Tokyo, when few people pay. */
export const nextReconciliation = (now: Temporal.Instant): Temporal.Instant => {
  const here = now.toZonedDateTimeISO(TOKYO);
  const tonight = here.with({
    hour: 3,
    minute: 30,
    second: 0,
    millisecond: 0,
    microsecond: 0,
    nanosecond: 0,
  });
  return (Temporal.ZonedDateTime.compare(tonight, here) > 0 ? tonight : tonight.add({ days: 1 })).toInstant();
};

/** The report as lines for a terminal. */
export const reportLines = (report: Reconciliation): string => {
  const balances = Object.entries(report.balances).map(
    ([account, yen]) => `  ${account.padEnd(16)} ${yen} yen`,
  );
  const clearing = report.openClearing.map(
    ({ orderNumber, yen, since }) => `  ${orderNumber}  ${yen} yen  since ${since}`,
  );
  const people = [
    ...report.late.map((number) => `  ${number}  late payment: akashi payments late accept|return`),
    ...report.byHand.map((number) => `  ${number}  bank transfer: akashi payments refund-out-of-band`),
    ...report.chargebacks.map(
      ({ orderNumber, yen, answerUntil }) =>
        `  ${orderNumber}  ${yen} yen taken back by the payer's bank: answer the company by ${answerUntil ?? 'its own date'}`,
    ),
    ...report.disputed.map((number) => `  ${number}  paid in another currency: ask the company`),
  ];
  return [
    `${report.booked} payouts booked; ${report.unknownYen} yen in them belong to no payment of ours.`,
    `Ledger, sum ${report.sum}:`,
    ...balances,
    `Clearing that has not returned to zero: ${clearing.length}`,
    ...clearing,
    `Waiting for a person: ${people.length}`,
    ...people,
  ].join('\n');
};
