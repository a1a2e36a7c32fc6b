import { readOrder, transitionOrder } from '#features/ordering/index.ts';
import type { PaymentMethod } from '#features/payment/providers/provider.ts';
import { settlePayment } from '#features/payment/settle-payment.ts';
import { startPayment } from '#features/payment/start-payment.ts';
import type { Sandbox } from './payment.ts';
import { insertAccount, insertOrder, untilDone } from './payment.ts';

export const start = async ({ dependencies }: Sandbox, lines = 1, method: PaymentMethod = 'card') => {
  const { db } = dependencies;
  const orderId = await insertOrder(db, await insertAccount(db), { lines });
  const order = await readOrder(db, orderId);
  const payment = await untilDone(() => startPayment(dependencies, order, 'en', method));
  return { db, orderId, payment, checkout: payment.checkoutId ?? '' };
};

export const pay = async (sandbox: Sandbox, lines = 1, method: PaymentMethod = 'card') => {
  const started = await start(sandbox, lines, method);
  await sandbox.act(`checkouts/${started.checkout}/succeed`);
  await settlePayment(sandbox.dependencies, started.payment.id);
  return started;
};

export const move = async (
  { dependencies: { db, clock } }: Sandbox,
  orderId: string,
  event: Parameters<typeof transitionOrder>[1]['event'],
) => transitionOrder(db, { orderId, event, at: clock.now(), actor: 'test' });

export const cancelPaid = async (sandbox: Sandbox, orderId: string): Promise<void> => {
  for (const event of ['prepare', 'make-ready', 'cancel'] as const) await move(sandbox, orderId, event);
};

export const stateOf = async ({ dependencies: { db } }: Sandbox, orderId: string) =>
  (await readOrder(db, orderId)).state;
