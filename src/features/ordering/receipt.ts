import { tokyoDate } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import { containedTax } from '#domain/fee/contained-tax.ts';
import { timesYen, yen } from '#domain/money.ts';
import { PAID_STATES } from '#domain/order/states.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import { transaction } from '#platform/database/database.ts';
import type { OrderingDependencies } from './dependencies.ts';
import type { OrderLine } from './line-store.ts';
import type { Order } from './order-store.ts';
import { setReceiptAddressee } from './order-store.ts';
import type { Receipt, ReceiptRow } from './receipt-paper.ts';

export const LONGEST_ADDRESSEE = 60;

/** Whether the order is paid for and its money not on the way back. A free order has no receipt. */
export const hasReceipt = ({ state, total, paidAt }: Order): boolean =>
  total > 0 && paidAt !== null && PAID_STATES.includes(state);

const rowsOf = (
  { university }: OrderingDependencies,
  order: Order,
  lines: readonly OrderLine[],
): ReceiptRow[] => {
  const { taxClasses } = university.fees;
  // What was not issued was never paid, or goes back without being asked for.
  const kept = lines.filter(({ state }) => state !== 'not_issued');
  const certificates = kept.map(({ snapshot, copies, feeEach }) => ({
    labelJa: `${snapshot.titleJa} ${copies}部`,
    labelEn: `${snapshot.titleEn} × ${copies}`,
    amount: timesYen(feeEach, copies),
    taxClass: taxClasses.issuanceFee,
  }));
  const others = [
    {
      labelJa: 'システム利用料',
      labelEn: 'System fee',
      amount: order.systemFee,
      taxClass: taxClasses.systemFee,
    },
    { labelJa: '郵送料', labelEn: 'Postage', amount: order.postage, taxClass: taxClasses.postage },
  ];
  return [...certificates, ...others].filter(({ amount }) => amount > 0);
};

/** The receipt of what a paid order costs after all; throws `wrong-state` where there is none. */
export const receiptOf = (
  dependencies: OrderingDependencies,
  order: Order,
  lines: readonly OrderLine[],
): Receipt => {
  if (!hasReceipt(order) || order.paidAt === null)
    throw new AkashiError('wrong-state', { state: order.state });
  const { university } = dependencies;
  const rows = rowsOf(dependencies, order, lines);
  const subtotals = (['untaxed', 'standard-10'] as const).flatMap((taxClass) => {
    const amount = rows.filter((row) => row.taxClass === taxClass).reduce((sum, row) => sum + row.amount, 0);
    return amount === 0 ? [] : [{ taxClass, amount, tax: containedTax(taxClass, yen(amount)) }];
  });
  return {
    number: order.orderNumber,
    addressee: order.receiptAddressee ?? lines[0]?.snapshot.person.nameJa ?? '',
    paidOn: tokyoDate(order.paidAt).toString(),
    rows,
    subtotals,
    total: rows.reduce((sum, { amount }) => sum + amount, 0),
    universityJa: university.nameJa,
    universityEn: university.nameEn,
    unitJa: university.unit.ja,
    unitEn: university.unit.en,
    registrationNumber: university.invoiceRegistrationNumber,
  };
};

/**
 * Sets the name on the receipt, once: a receipt already handed in must not exist a second time under another name.
 * Throws `wrong-state` the second time, and `bad-request` for a name that is empty or too long.
 */
export const nameReceipt = (
  { db, clock }: OrderingDependencies,
  order: Order,
  addressee: string,
): Promise<void> =>
  transaction(db, async (tx) => {
    const name = addressee.trim();
    if (name === '' || name.length > LONGEST_ADDRESSEE) throw new AkashiError('bad-request');
    if (!hasReceipt(order) || !(await setReceiptAddressee(tx, order.id, name))) {
      throw new AkashiError('wrong-state', { receipt: 'named before' });
    }
    const at = clock.now();
    const actor = `account:${order.accountId}`;
    await recordEvent(tx, { at, type: 'receipt.named', subject: `order:${order.id}`, actor, data: {} });
  });
