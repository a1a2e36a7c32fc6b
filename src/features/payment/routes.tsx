import { AkashiError } from '#domain/error.ts';
import { PAID_STATES } from '#domain/order/states.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, readForm, respond, textsFor } from '#features/http.tsx';
import type { Order } from '#features/ordering/index.ts';
import { readOrderByNumber } from '#features/ordering/index.ts';
import { requireSession } from '#features/sign-in/index.ts';
import { together } from '#platform/database/database.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { providerOf, providersOf } from './dependencies.ts';
import {
  orderDonePath,
  paymentContinuePath,
  paymentPath,
  paymentReturnPath,
  paymentWebhookPath,
} from './paths.ts';
import type { Payment } from './payment-store.ts';
import { readLatestPayment, readLatestPaymentByNumber } from './payment-store.ts';
import type { PaymentMethod } from './providers/provider.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { settleFound } from './settle-payment.ts';
import { cashDeadlineFor, isPayable, startPayment } from './start-payment.ts';
import {
  CompanyAwayPage,
  ContinuePage,
  NotPayablePage,
  notPayableWords,
  PaymentPage,
  WaitingPage,
} from './views/payment-page.tsx';
import { SlipPage } from './views/slip-page.tsx';

const isAway = (error: unknown): boolean => error instanceof AkashiError && error.code === 'unavailable';

export const createPaymentRoutes = (dependencies: PaymentDependencies): Routes => {
  const { db, clock, log, provider } = dependencies;
  const routes = createRoutes();

  const nameOf = (c: AppContext) => ({
    accountId: requireSession(c).accountId,
    orderNumber: c.req.param('number') ?? '',
  });
  /** The order and its latest payment. */
  const read = (c: AppContext): Promise<[Order, Payment | null]> =>
    together(db, (one) =>
      Promise.all([readOrderByNumber(one, nameOf(c)), readLatestPaymentByNumber(one, nameOf(c))]),
    );
  const viewOf = (c: AppContext, order: Order) => ({
    texts: textsFor(c).payment,
    order,
    language: c.get('language'),
  });
  /** The order once its payment stands as it does at the company; an unreachable one is asked again later. */
  const refreshed = async (c: AppContext): Promise<{ order: Order; reached: boolean }> => {
    const [order, payment] = await read(c);
    if (payment === null) return { order, reached: true };
    const reached = await settleFound(dependencies, payment).then(
      () => true,
      (error: unknown) => {
        log.warn({ paymentId: payment.id, reason: String(error) }, 'payment not fetched');
        return !isAway(error);
      },
    );
    return { order: await readOrderByNumber(db, nameOf(c)), reached };
  };
  /** What was asked for is written down and goes on by itself; the person may go on as well. */
  const companyAway = (c: AppContext, order: Order): Response => {
    const view = viewOf(c, order);
    return respond(c, { title: view.texts.away, status: 503 }, <CompanyAwayPage {...view} />);
  };
  const isPaid = (order: Order): boolean => PAID_STATES.includes(order.state);
  const notPayable = (c: AppContext, order: Order): Response => {
    const view = viewOf(c, order);
    return respond(c, { title: notPayableWords(view).title, status: 409 }, <NotPayablePage {...view} />);
  };
  const choice = (c: AppContext, order: Order, chosen: PaymentMethod | null, problem: boolean): Response => {
    const view = viewOf(c, order);
    const { methods } = provider.capabilities();
    const cashDeadline = cashDeadlineFor(dependencies, order);
    const problemTitle = textsFor(c).frame.errorSummary;
    const content = <PaymentPage {...view} {...{ methods, chosen, problem, problemTitle, cashDeadline }} />;
    return respond(c, { title: view.texts.title, status: problem ? 422 : 200 }, content);
  };
  const slip = (c: AppContext, order: Order, { provider: name, slips }: Payment): Response => {
    const view = viewOf(c, order);
    const chains = providerOf(dependencies, name).capabilities().cashChains;
    return respond(c, { title: view.texts.slip.title }, <SlipPage {...view} slips={slips} chains={chains} />);
  };

  routes.get(paymentPath(':number'), async (c) => {
    const [order, payment] = await read(c);
    if (isPaid(order)) return c.redirect(orderDonePath(order.orderNumber), 303);
    if (!isPayable(order, clock.now())) return notPayable(c, order);
    const underWay = payment?.state === 'open' ? payment : null;
    if (underWay !== null && underWay.slips.length > 0 && c.req.query('change') === undefined) {
      return slip(c, order, underWay);
    }
    return choice(c, order, underWay?.method ?? provider.capabilities().methods[0] ?? null, false);
  });

  routes.post(paymentPath(':number'), async (c) => {
    const typed = (await readForm(c)).get('method');
    const { order, reached } = await refreshed(c);
    if (isPaid(order)) return c.redirect(orderDonePath(order.orderNumber), 303);
    if (!isPayable(order, clock.now())) return notPayable(c, order);
    const method = provider.capabilities().methods.find((candidate) => candidate === typed);
    if (method === undefined) return choice(c, order, null, true);
    if (!reached) return companyAway(c, order);
    const language = configuredLanguage(c.get('language'));
    const begun = await startPayment(dependencies, order, language, method).catch((error: unknown) => {
      if (isAway(error)) return null;
      throw error;
    });
    if (begun === null) return companyAway(c, order);
    return c.redirect(paymentContinuePath(order.orderNumber), 303);
  });

  routes.get(paymentContinuePath(':number'), async (c) => {
    const [order, payment] = await read(c);
    if (payment?.state !== 'open' || payment.checkoutUrl === null || payment.slips.length > 0) {
      return c.redirect(paymentPath(order.orderNumber), 303);
    }
    const view = viewOf(c, order);
    const { checkoutUrl, method } = payment;
    return respond(
      c,
      { title: view.texts.continueTitle },
      <ContinuePage {...view} checkoutUrl={checkoutUrl} method={method} />,
    );
  });

  routes.get(paymentReturnPath(':number'), async (c) => {
    const { order } = await refreshed(c);
    if (isPaid(order)) return c.redirect(orderDonePath(order.orderNumber), 303);
    if (order.state !== 'awaiting_payment') return notPayable(c, order);
    if ((await readLatestPayment(db, order.id))?.slips.length) {
      return c.redirect(paymentPath(order.orderNumber), 303);
    }
    const view = viewOf(c, order);
    const again = paymentReturnPath(order.orderNumber);
    c.header('Refresh', '4');
    return respond(c, { title: view.texts.waiting }, <WaitingPage {...view} again={again} />);
  });

  for (const company of providersOf(dependencies)) {
    routes.post(paymentWebhookPath(company.name), async (c) => {
      await receiveWebhook(dependencies, await c.req.text(), (name) => c.req.header(name), company);
      return c.body(null, 204);
    });
  }
  return routes;
};
