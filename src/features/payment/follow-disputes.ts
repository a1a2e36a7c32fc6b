import { lockOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { providerOf } from './dependencies.ts';
import { closeDispute, findDispute, insertDispute } from './dispute-store.ts';
import { post } from './ledger-store.ts';
import type { Payment } from './payment-store.ts';
import { readPayment } from './payment-store.ts';
import type { CompanyDispute } from './providers/provider.ts';

/**
 * The job `fetch-disputes`: asks the company whether a payer's bank has taken money of a payment back, and books what it
 * says, each step once. The order stays what it is and its certificates stay valid (docs/adr/0046): a person decides.
 */
export const followDisputes = async (dependencies: PaymentDependencies, paymentId: string): Promise<void> => {
  const payment = await readPayment(dependencies.db, paymentId);
  if (payment?.checkoutId == null) return;
  const disputes = await providerOf(dependencies, payment.provider).disputes?.(payment.checkoutId);
  for (const dispute of disputes ?? []) {
    await transaction(dependencies.db, async (tx) => {
      await lockOrder(tx, payment.orderId);
      await takeOver(tx, dependencies, payment, dispute);
    });
  }
};

const takeOver = async (
  tx: DatabaseTransaction,
  { clock, log }: PaymentDependencies,
  { id: paymentId, orderId }: Payment,
  dispute: CompanyDispute,
): Promise<void> => {
  const at = clock.now();
  const { id: reference, amount, state } = dispute;
  const note = async (type: string): Promise<void> => {
    const data = { paymentId, dispute: reference, amount };
    await recordEvent(tx, { at, type, subject: `order:${orderId}`, actor: 'system', data });
  };
  const known = await findDispute(tx, paymentId, reference);
  if (known === undefined) {
    await insertDispute(tx, paymentId, dispute, at);
    await post(tx, { paymentId, kind: 'dispute', reference, amount, at });
    await note('dispute.opened');
    log.error({ alarm: 'dispute', paymentId, amount }, "a payer's bank has taken money back");
  }
  if (state === 'open' || (known !== undefined && known.state !== 'open')) return;
  await closeDispute(tx, paymentId, dispute, at);
  const kind = state === 'won' ? 'dispute-won' : 'dispute-lost';
  await post(tx, { paymentId, kind, reference, amount: known?.amount_yen ?? amount, at });
  await note(state === 'won' ? 'dispute.won' : 'dispute.lost');
};
