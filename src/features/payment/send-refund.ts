import { AkashiError } from '#domain/error.ts';
import { lockOrder, moveOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { closeRefundedOrder } from './close-refunded-order.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { providerOf } from './dependencies.ts';
import { isDisputed } from './dispute-store.ts';
import { post } from './ledger-store.ts';
import { mailOwner } from './mails/money-mail.ts';
import type { Payment } from './payment-store.ts';
import { readPayment } from './payment-store.ts';
import type { CompanyRefund } from './providers/provider.ts';
import type { Refund, RefundState } from './refund-store.ts';
import { lockRefund, readRefund, saveRefund } from './refund-store.ts';

/** After so many refusals a person sends the money by bank transfer. */
const MOST_ATTEMPTS = 3;
const RETRY_AFTER = { hours: 1 };

/** Runs `work` under the locks with how the refund stands now; null once another run has ended this attempt. */
const withinAttempt = <Result>(
  { db }: PaymentDependencies,
  { id, orderId, attempts }: Refund,
  work: (tx: DatabaseTransaction, state: RefundState) => Promise<Result>,
): Promise<Result | null> =>
  transaction(db, async (tx) => {
    await lockOrder(tx, orderId);
    const now = await lockRefund(tx, id);
    return now?.attempts === attempts ? work(tx, now.state) : null;
  });

/** Writes down that the company will be asked; `first` when it cannot have been asked before, null for not now. */
const submit = (
  dependencies: PaymentDependencies,
  refund: Refund,
  payment: Payment,
): Promise<'first' | 'again' | null> =>
  withinAttempt(dependencies, refund, async (tx, state) => {
    if (state === 'submitted') return 'again';
    if (state !== 'ready') return null;
    const { id, orderId, attempts, amount } = refund;
    const at = dependencies.clock.now();
    const { refundable } = providerOf(dependencies, payment.provider).capabilities();
    // What the payer's bank has taken must not go back a second time: a person looks.
    const disputed = await isDisputed(tx, payment.id);
    if (disputed || !refundable.includes(payment.method) || attempts >= MOST_ATTEMPTS) {
      await saveRefund(tx, id, { state: 'by_hand' });
      const data = { refundId: id, attempts, disputed };
      const subject = `order:${orderId}`;
      await recordEvent(tx, { at, type: 'refund.by-hand', subject, actor: 'system', data });
      if (!disputed) await mailOwner(tx, dependencies, orderId, 'refundByHand', amount);
      return null;
    }
    await saveRefund(tx, id, { state: 'submitted' });
    await moveOrder(tx, { orderId, event: 'submit-refund', at, actor: 'system' });
    return 'first';
  });

/** Takes over how the company says an attempt stands; again, or once the attempt is over, without effect. */
const applyRefund = async (
  dependencies: PaymentDependencies,
  refund: Refund,
  answer: Pick<CompanyRefund, 'state'> & { readonly id?: string; readonly error?: string },
): Promise<void> => {
  await withinAttempt(dependencies, refund, async (tx, state) => {
    if (state !== 'submitted') return;
    const { id, orderId, paymentId, amount } = refund;
    const at = dependencies.clock.now();
    const known = answer.id === undefined ? {} : { companyRefundId: answer.id };
    const subject = `order:${orderId}`;
    if (answer.state === 'pending') return saveRefund(tx, id, { state: 'submitted', ...known });
    if (answer.state === 'failed') {
      const attempts = refund.attempts + 1;
      await saveRefund(tx, id, { state: 'ready', attempts, error: answer.error ?? 'failed', ...known });
      await moveOrder(tx, { orderId, event: 'fail-refund', at, actor: 'system' });
      const data = { refundId: id, attempts };
      await recordEvent(tx, { at, type: 'refund.failed', subject, actor: 'system', data });
      const runAt = attempts >= MOST_ATTEMPTS ? at : at.add(RETRY_AFTER);
      await addJob(tx, 'send-refund', { refundId: id }, { key: `send-refund:${id}`, runAt });
      return;
    }
    await saveRefund(tx, id, { state: 'done', doneAt: at, error: null, ...known });
    await post(tx, { paymentId, kind: 'refund', reference: id, amount, at });
    const data = { refundId: id, amount };
    await recordEvent(tx, { at, type: 'refund.done', subject, actor: 'system', data });
    await closeRefundedOrder(tx, { orderId, event: 'confirm-refund', at, actor: 'system' });
    await mailOwner(tx, dependencies, orderId, 'refunded', amount);
  });
};

/** What the company knows of this attempt; one refused for good is no longer looked at. */
const find = (refunds: readonly CompanyRefund[], { id, attempts }: Refund): CompanyRefund | undefined =>
  refunds.find(({ reference }) => reference === attemptOf(id, attempts));

const attemptOf = (refundId: string, attempts: number): string => `${refundId}.${attempts}`;

/**
 * Sends a refund through the company. `submitted` is committed before the call, so that after a crash the company is
 * first asked whether it has it already; each attempt has its own key.
 */
export const sendRefund = async (dependencies: PaymentDependencies, refundId: string): Promise<void> => {
  const refund = await readRefund(dependencies.db, refundId);
  if (refund === null || refund.state === 'done' || refund.state === 'by_hand') return;
  const payment = await readPayment(dependencies.db, refund.paymentId);
  if (payment?.checkoutId == null) throw new AkashiError('unexpected', { refundId });
  const turn = await submit(dependencies, refund, payment);
  if (turn === null) return;
  const provider = providerOf(dependencies, payment.provider);
  if (turn === 'again') {
    const known = find((await provider.get(payment.checkoutId)).refunds, refund);
    if (known !== undefined) return applyRefund(dependencies, refund, known);
  }
  const reference = attemptOf(refund.id, refund.attempts);
  const request = { idempotencyKey: reference, reference, checkoutId: payment.checkoutId };
  const answer = await provider.refund({ ...request, amount: refund.amount }).catch((error: unknown) => {
    if (!(error instanceof AkashiError) || error.code !== 'wrong-state') throw error;
    return { state: 'failed' as const, error: String(error.detail['reason'] ?? 'refused') };
  });
  await applyRefund(dependencies, refund, answer);
};
