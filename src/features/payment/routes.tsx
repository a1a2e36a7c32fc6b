import { AkashiError } from '#domain/error.ts';
import { PAID_STATES } from '#domain/order/states.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, readForm, respond, textsFor } from '#features/http.tsx';
import type { Order } from '#features/ordering/index.ts';
import { readOrderByNumber } from '#features/ordering/index.ts';
import { requireSession } from '#features/sign-in/index.ts';
import type { PaymentDependencies } from './dependencies.ts';
import {
  orderDonePath,
  paymentContinuePath,
  paymentPath,
  paymentReturnPath,
  paymentWebhookPath,
} from './paths.ts';
import { readLatestPayment } from './payment-store.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { settlePayment } from './settle-payment.ts';
import { isPayable, startPayment } from './start-payment.ts';
import { ContinuePage, NotPayablePage, PaymentPage, WaitingPage } from './views/payment-page.tsx';

export const createPaymentRoutes = (dependencies: PaymentDependencies): Routes => {
  const { db, clock, log, provider } = dependencies;
  const routes = createRoutes();

  const orderOf = (c: AppContext): Promise<Order> => {
    const { accountId } = requireSession(c);
    return readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
  };
  const viewOf = (c: AppContext, order: Order) => ({
    texts: textsFor(c).payment,
    order,
    language: c.get('language'),
  });
  /** How the payment stands at the company, now; an unreachable company is asked again later. */
  const refresh = async (order: Order): Promise<void> => {
    const payment = await readLatestPayment(db, order.id);
    if (payment === null) return;
    await settlePayment(dependencies, payment.id).catch((error: unknown) => {
      log.warn({ paymentId: payment.id, reason: String(error) }, 'payment not fetched');
    });
  };
  const isPaid = (order: Order): boolean => PAID_STATES.includes(order.state);
  const notPayable = (c: AppContext, order: Order): Response => {
    const view = viewOf(c, order);
    return respond(c, { title: view.texts.notPayable, status: 409 }, <NotPayablePage {...view} />);
  };

  routes.get(paymentPath(':number'), async (c) => {
    const order = await orderOf(c);
    if (isPaid(order)) return c.redirect(orderDonePath(order.orderNumber), 303);
    if (!isPayable(order, clock.now())) return notPayable(c, order);
    const view = viewOf(c, order);
    return respond(c, { title: view.texts.title }, <PaymentPage {...view} />);
  });

  routes.post(paymentPath(':number'), async (c) => {
    if ((await readForm(c)).get('method') !== 'card') throw new AkashiError('bad-request');
    await refresh(await orderOf(c));
    const order = await orderOf(c);
    if (isPaid(order)) return c.redirect(orderDonePath(order.orderNumber), 303);
    if (!isPayable(order, clock.now())) return notPayable(c, order);
    await startPayment(dependencies, order, c.get('language'));
    return c.redirect(paymentContinuePath(order.orderNumber), 303);
  });

  routes.get(paymentContinuePath(':number'), async (c) => {
    const order = await orderOf(c);
    const payment = await readLatestPayment(db, order.id);
    if (payment?.state !== 'open' || payment.checkoutUrl === null) {
      return c.redirect(paymentPath(order.orderNumber), 303);
    }
    const view = viewOf(c, order);
    const { checkoutUrl } = payment;
    return respond(
      c,
      { title: view.texts.continueTitle },
      <ContinuePage {...view} checkoutUrl={checkoutUrl} />,
    );
  });

  routes.get(paymentReturnPath(':number'), async (c) => {
    await refresh(await orderOf(c));
    const order = await orderOf(c);
    if (isPaid(order)) return c.redirect(orderDonePath(order.orderNumber), 303);
    if (order.state !== 'awaiting_payment') return notPayable(c, order);
    const view = viewOf(c, order);
    const again = paymentReturnPath(order.orderNumber);
    return respond(c, { title: view.texts.waiting }, <WaitingPage {...view} again={again} />);
  });

  routes.post(paymentWebhookPath(provider.name), async (c) => {
    await receiveWebhook(dependencies, await c.req.text(), (name) => c.req.header(name));
    return c.body(null, 204);
  });
  return routes;
};
