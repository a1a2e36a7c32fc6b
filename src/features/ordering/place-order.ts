import { addBusinessDays } from '#domain/calendar/calendar.ts';
import { startOfTokyoDay, tokyoDate } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import { feeClassOf } from '#domain/fee/fee-class.ts';
import { yen } from '#domain/money.ts';
import { ORDER_NUMBER_BYTES, orderNumberOf } from '#domain/order/order-number.ts';
import { nextOrderState } from '#domain/order/states.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { together, transaction } from '#platform/database/database.ts';
import type { Language } from '#platform/i18n/language.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { askToIssue } from './ask-to-issue.ts';
import type { Assessment } from './assess-draft.ts';
import { assessDraft, isComplete, missingGlyphsOf } from './assess-draft.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { deleteDraft, readDraft } from './draft-store.ts';
import { insertOrderLines } from './line-store.ts';
import type { NewOrder, Order } from './order-store.ts';
import { findOrderByKey, insertOrder } from './order-store.ts';
import { paymentDeadlineOf } from './payment-deadline.ts';
import { requireLimits } from './require-limits.ts';
import { beginNamesWait } from './settle-names.ts';

export type Submission = {
  readonly accountId: string;
  readonly personId: string;
  readonly language: Language;
  readonly idempotencyKey: string;
  /** What the confirmation page said that it costs, in yen; empty where none was shown. */
  readonly shownTotal?: string;
};

/**
 * Makes an order of the draft: the register and the grades are frozen now, each line is checked by itself. The same
 * key gives the same order however often and at however many places it is submitted. Throws `wrong-state` when the
 * draft, or what it costs, has changed since its confirmation page was shown, or can no longer be ordered.
 */
export const placeOrder = async (
  dependencies: OrderingDependencies,
  submission: Submission,
): Promise<Order> => {
  const { db, clock } = dependencies;
  const { accountId, personId, idempotencyKey } = submission;
  const now = clock.now();
  const [draft, record] = await together(db, (one) =>
    Promise.all([readDraft(one, accountId), dependencies.register.readRecord(personId, now, one)]),
  );
  if (draft.destination === null || draft.key === '' || draft.key !== idempotencyKey) {
    // An order ends its draft: whoever submits once more finds another, or none.
    const placed = await findOrderByKey(db, accountId, idempotencyKey);
    if (placed !== null) return placed;
    throw new AkashiError('wrong-state', { draft: 'changed' });
  }
  const assessment = await assessDraft(dependencies, record, draft, now);
  if (!isComplete(assessment)) {
    throw new AkashiError('wrong-state', { draft: 'incomplete' });
  }
  const { price } = assessment;
  const { shownTotal = '' } = submission;
  if (shownTotal !== '' && shownTotal !== String(price.total))
    throw new AkashiError('wrong-state', { total: price.total });
  const order: NewOrder = {
    orderNumber: orderNumberOf(dependencies.randomBytes(ORDER_NUMBER_BYTES)),
    accountId,
    personId,
    destination: draft.destination,
    state: nextOrderState(null, submissionOf(assessment)),
    language: submission.language,
    issuanceFee: price.issuanceFee,
    systemFee: price.systemFee,
    postage: price.postage,
    total: price.total,
    printCharge: price.printCharge ?? yen(0),
    sheets: price.sheets,
    submittedAt: now,
    ...paymentDeadlineOf(
      dependencies,
      assessment.lines.map(({ offer }) => offer.type),
      now,
    ),
    namesDeadline: missingGlyphsOf(assessment).length === 0 ? null : namesDeadline(dependencies),
    reference: (draft.typed['reference'] ?? '').trim().slice(0, 60),
    delivery: assessment.delivery?.delivery ?? null,
    idempotencyKey,
  };
  return transaction(db, (tx) => insertWhole(tx, dependencies, order, assessment));
};

/** The event that an order begins with. */
const submissionOf = (assessment: Assessment) => {
  if (missingGlyphsOf(assessment).length > 0) return 'submit-unprintable';
  return assessment.price.total === 0 ? 'submit-free' : 'submit';
};

/** Until when the office decides about a name submitted now: the end of a business day, Tokyo time. */
export const namesDeadline = ({
  clock,
  university,
}: Pick<OrderingDependencies, 'clock' | 'university'>): Temporal.Instant => {
  const { calendar, deadlines } = university;
  const day = addBusinessDays(calendar, tokyoDate(clock.now()), deadlines.reviewBusinessDays);
  return startOfTokyoDay(day.add({ days: 1 })).subtract({ minutes: 1 });
};

const insertWhole = async (
  tx: DatabaseTransaction,
  dependencies: OrderingDependencies,
  order: NewOrder,
  assessment: Assessment,
): Promise<Order> => {
  const { lines, price } = assessment;
  const event = submissionOf(assessment);
  const placed = await insertOrder(tx, order, event);
  if (placed === null) {
    const first = await findOrderByKey(tx, order.accountId, order.idempotencyKey);
    if (first === null) throw new AkashiError('unexpected');
    return first;
  }
  const { id: orderId } = placed;
  await requireLimits(tx, dependencies, order, assessment);
  await insertOrderLines(
    tx,
    orderId,
    lines.map(({ offer, snapshot, copies, sheetsPerCopy, rowsBySheet, missingGlyphs }, index) => ({
      position: index + 1,
      certificateType: offer.type.code,
      language: offer.language,
      enrolmentId: offer.enrolment.id,
      snapshot,
      copies,
      sheetsPerCopy,
      rowsBySheet,
      feeClass: feeClassOf(offer.enrolment),
      feeEach: price.lines[index]?.unitFee ?? yen(0),
      enrolmentStatus: offer.enrolment.status,
      state: missingGlyphs.length === 0 ? 'ordered' : 'unprintable',
      reasons: missingGlyphs,
    })),
  );
  const { submittedAt: at, state: to } = order;
  const actor = `account:${order.accountId}`;
  const data = { event, total: order.total, sheets: order.sheets };
  await recordEvent(tx, { at, type: 'order.submitted', subject: `order:${orderId}`, actor, data });
  if (to === 'paid') await askToIssue(tx, orderId);
  else if (to === 'awaiting_names') await beginNamesWait(tx, dependencies, orderId);
  else {
    const options = { key: `expire-order:${orderId}`, runAt: order.paymentDeadline };
    await addJob(tx, 'expire-order', { orderId }, options);
  }
  await deleteDraft(tx, order.accountId, order.idempotencyKey);
  return placed;
};
