import { printedNames, spellGlyph } from '#domain/certificate/printed-names.ts';
import { deadlineAfterDays } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import { yen } from '#domain/money.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { askToIssue } from './ask-to-issue.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { extendPaymentDeadline } from './extend-payment-deadline.ts';
import type { OrderLine } from './line-store.ts';
import { moveLine, readOrderLines } from './line-store.ts';
import { mailNamesNews } from './mails/names-mail.ts';
import { lockOrderState } from './order-state-store.ts';
import type { Order } from './order-store.ts';
import { listOrdersAwaitingNames, readOrder, readOrderForOffice, saveRemainder } from './order-store.ts';
import { remainingPrice } from './remaining-price.ts';
import { transitionOrder } from './transition-order.ts';

/** What deciding needs: the fonts as they are now, not as they were when a process began. */
export type NamesDependencies = Pick<OrderingDependencies, 'db' | 'clock' | 'baseUrl' | 'university'> & {
  readonly preview: Pick<OrderingDependencies['preview'], 'missingGlyphs'>;
};

export type NamesDecision = {
  /**
   * `approve`: every character has a font now; `by-hand`: the office makes these certificates itself, outside the
   * service; `reject`: they are not made.
   */
  readonly decision: 'approve' | 'by-hand' | 'reject';
  readonly actor: string;
  /** In the language of whoever decides; mailed as it is written. */
  readonly reason: string;
};

/** The first days of an order whose name cannot be printed: its owner is told, and the office has a deadline. */
export const beginNamesWait = async (
  tx: DatabaseTransaction,
  dependencies: NamesDependencies,
  orderId: string,
): Promise<void> => {
  const order = await readOrder(tx, orderId);
  const lines = await readOrderLines(tx, orderId);
  await addJob(
    tx,
    'end-names-wait',
    { orderId },
    {
      key: `end-names-wait:${orderId}`,
      ...(order.namesDeadline === null ? {} : { runAt: order.namesDeadline }),
    },
  );
  await mailNamesNews(tx, dependencies, order, { kind: 'waiting', glyphs: glyphsOf(lines) });
};

/** The characters that lines wait for. */
export const glyphsOf = (lines: readonly OrderLine[]): string[] => [
  ...new Set(lines.flatMap(({ state, reasons }) => (state === 'unprintable' ? reasons : []))),
];

/** Every order that waits, with its characters and those of them that the fonts still lack. */
export const listNamesWaiting = async ({
  db,
  preview,
}: Pick<NamesDependencies, 'db' | 'preview'>): Promise<
  { order: Order; glyphs: string[]; stillMissing: string[] }[]
> => {
  const orders = await listOrdersAwaitingNames(db);
  return Promise.all(
    orders.map(async (order) => {
      const glyphs = glyphsOf(await readOrderLines(db, order.id));
      return {
        order,
        glyphs,
        stillMissing: glyphs.filter((glyph) => preview.missingGlyphs(glyph).length > 0),
      };
    }),
  );
};

/** Decides about the names of an order for the office. Throws `not-found`, or as `settle` does. */
export const settleNames = async (
  dependencies: NamesDependencies,
  orderNumber: string,
  decision: NamesDecision,
): Promise<Order> => {
  const { id } = await readOrderForOffice(dependencies.db, orderNumber);
  await transaction(dependencies.db, (tx) => settle(tx, dependencies, id, decision));
  return readOrder(dependencies.db, id);
};

/**
 * Lines that are approved go on, the others leave the order, and what is left is to be paid, or made where it is free.
 * Throws `wrong-state` for an order that does not wait, and `unavailable` with the characters for an approval that the
 * fonts do not bear out.
 */
const settle = async (
  tx: DatabaseTransaction,
  dependencies: NamesDependencies,
  orderId: string,
  { decision, actor, reason }: NamesDecision,
): Promise<void> => {
  const { clock, preview } = dependencies;
  const state = await lockOrderState(tx, orderId);
  if (state !== 'awaiting_names') throw new AkashiError('wrong-state', { state });
  const at = clock.now();
  const lines = await readOrderLines(tx, orderId);
  const waiting = lines.filter((line) => line.state === 'unprintable');
  if (decision === 'approve') {
    const missing = waiting.flatMap(({ snapshot }) => preview.missingGlyphs(printedNames(snapshot)));
    if (missing.length > 0) {
      throw new AkashiError('unavailable', { glyphs: [...new Set(missing)].map(spellGlyph).join(', ') });
    }
    for (const line of waiting) await moveLine(tx, { orderId, line, event: 'approve', at, actor });
  } else {
    const code = decision === 'by-hand' ? 'made-by-hand' : 'unprintable-name';
    const reasons = reason === '' ? [code] : [code, reason];
    for (const line of waiting) await moveLine(tx, { orderId, line, event: 'refuse', reasons, at, actor });
  }
  const left = decision === 'approve' ? lines : lines.filter((line) => line.state === 'ordered');
  const order = await goOn(tx, dependencies, { orderId, left, actor, at });
  await mailNamesNews(tx, dependencies, order, { kind: decision, reason });
};

/** What is left of the order goes to its payment, to its making, or to its end. */
const goOn = async (
  tx: DatabaseTransaction,
  dependencies: NamesDependencies,
  { orderId, left, actor, at }: { orderId: string; left: OrderLine[]; actor: string; at: Temporal.Instant },
): Promise<Order> => {
  const order = await readOrder(tx, orderId);
  if (left.length === 0) {
    await transitionOrder(tx, { orderId, event: 'refuse-names', at, actor });
    return readOrder(tx, orderId);
  }
  const { printCharge, ...rest } = remainingPrice(dependencies, order, left);
  await saveRemainder(tx, orderId, { ...rest, printCharge: printCharge ?? yen(0) });
  const event = rest.total === 0 ? 'settle-names-free' : 'settle-names';
  await transitionOrder(tx, { orderId, event, at, actor });
  if (rest.total === 0) await askToIssue(tx, orderId);
  // Nobody sits before the page any more: as much time as for cash, whichever way it is paid.
  else {
    const wanted = deadlineAfterDays(at, dependencies.university.deadlines.paymentDays);
    const latest = order.paymentLatest;
    const late = latest !== null && Temporal.Instant.compare(wanted, latest) > 0;
    await extendPaymentDeadline(tx, orderId, late ? latest : wanted);
  }
  return readOrder(tx, orderId);
};

/** The job `end-names-wait`: what nobody decided in time leaves the order; asked too early it asks again then. */
export const endNamesWait = (dependencies: NamesDependencies, orderId: string): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    if ((await lockOrderState(tx, orderId)) !== 'awaiting_names') return;
    const { namesDeadline } = await readOrder(tx, orderId);
    if (namesDeadline !== null && Temporal.Instant.compare(dependencies.clock.now(), namesDeadline) < 0) {
      const options = { key: `end-names-wait:${orderId}`, runAt: namesDeadline };
      await addJob(tx, 'end-names-wait', { orderId }, options);
      return;
    }
    await settle(tx, dependencies, orderId, { decision: 'reject', actor: 'system', reason: '' });
  });
