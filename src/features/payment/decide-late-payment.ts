import { AkashiError } from '#domain/error.ts';
import { askToIssue, lockOrder, readOrder, transitionOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { post } from './ledger-store.ts';
import { mailOwner } from './mails/money-mail.ts';
import { findPaidWith } from './payment-store.ts';
import { noteRefund } from './refund-order.ts';

export type LateDecision = {
  readonly orderId: string;
  readonly decision: 'accept' | 'return';
  readonly actor: string;
  readonly reason: string;
};

/** The decision within the caller's transaction, which holds the order's lock. */
export const applyLateDecision = async (
  tx: DatabaseTransaction,
  { clock, baseUrl }: Pick<PaymentDependencies, 'clock' | 'baseUrl'>,
  { orderId, decision, actor, reason }: LateDecision,
): Promise<void> => {
  const { state } = await readOrder(tx, orderId);
  const payment = await findPaidWith(tx, orderId);
  if (state !== 'paid_late' || payment === null) throw new AkashiError('wrong-state', { state });
  const at = clock.now();
  const amount = payment.settled ?? payment.amount;
  const data = { decision, reason, amount };
  await recordEvent(tx, { at, type: 'payment.late-decided', subject: `order:${orderId}`, actor, data });
  if (decision === 'accept') {
    await post(tx, { paymentId: payment.id, kind: 'acceptance', amount, at });
    await transitionOrder(tx, { orderId, event: 'accept-late', at, actor });
    await askToIssue(tx, orderId);
    await mailOwner(tx, { clock, baseUrl }, orderId, 'lateAccepted', amount);
    return;
  }
  await transitionOrder(tx, { orderId, event: 'return-money', at, actor });
  const refund = { paymentId: payment.id, orderId, kind: 'rest', reason: 'paid-late' } as const;
  await noteRefund(tx, { clock, baseUrl }, { ...refund, amount, actor, earned: false });
};

/** A named person decides about money that came too late. Throws `wrong-state` where nothing is to be decided. */
export const decideLatePayment = (
  { db, ...rest }: Pick<PaymentDependencies, 'db' | 'clock' | 'baseUrl'>,
  decision: LateDecision,
): Promise<void> =>
  transaction(db, async (tx) => {
    await lockOrder(tx, decision.orderId);
    await applyLateDecision(tx, rest, decision);
  });
