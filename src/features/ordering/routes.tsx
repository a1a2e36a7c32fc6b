import { deadlineAfterDays } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import { PAID_STATES } from '#domain/order/states.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, readForm, respond } from '#features/http.tsx';
import { requireSession } from '#features/sign-in/index.ts';
import { assessDraft, isChosen, isComplete } from './assess-draft.ts';
import { addDeliveryRoutes } from './delivery-routes.tsx';
import type { OrderingDependencies } from './dependencies.ts';
import { addCertificateRoutes, addDestinationRoutes } from './draft-routes.tsx';
import { addLineRoutes } from './line-routes.ts';
import { addOrderRoutes } from './order-routes.tsx';
import type { Order } from './order-store.ts';
import * as paths from './paths.ts';
import { paymentDeadlineOf } from './payment-deadline.ts';
import { namesDeadline, placeOrder } from './place-order.ts';
import { readForPage } from './read-for-page.ts';
import { createShownLines } from './shown-lines.ts';
import { stepOf, viewOf } from './view-context.ts';
import { ConfirmationPage } from './views/confirmation-page.tsx';

export const createOrderingRoutes = (dependencies: OrderingDependencies): Routes => {
  const routes = createRoutes();
  addDestinationRoutes(routes, dependencies);
  addCertificateRoutes(routes, dependencies);
  addDeliveryRoutes(routes, dependencies);
  addConfirmationRoutes(routes, dependencies);
  addOrderRoutes(routes, dependencies);
  addLineRoutes(routes, dependencies);
  return routes;
};

const addConfirmationRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { clock, university, preview } = dependencies;
  const shown = createShownLines(clock);
  const assess = async (c: AppContext) => {
    const [draft, register] = await readForPage(dependencies, requireSession(c));
    const assessment = await assessDraft(dependencies, register, draft, clock.now());
    return { draft, assessment, lines: assessment.lines };
  };
  routes.get(paths.confirmationPath(), async (c) => {
    const { draft, assessment, lines } = await assess(c);
    if (!isComplete(assessment)) {
      return c.redirect(isChosen(assessment) ? paths.deliveryPath() : paths.certificatesPath(), 303);
    }
    shown.keep(requireSession(c).accountId, { draft, lines });
    const view = viewOf(c, dependencies);
    const types = lines.map(({ offer }) => offer.type);
    const { paymentDeadline } = paymentDeadlineOf(dependencies, types, clock.now());
    const printDeadline = deadlineAfterDays(clock.now(), university.deadlines.printDays);
    const props = {
      view,
      assessment,
      idempotencyKey: draft.key,
      paymentDeadline,
      printDeadline,
      changed: c.req.query('changed') === '1',
      reference: draft.typed['reference']?.trim() ?? '',
      namesDeadline: namesDeadline(dependencies),
    };
    return respond(c, stepOf(draft, 'confirmation', view), <ConfirmationPage {...props} />);
  });
  routes.post(paths.confirmationPath(), async (c) => {
    const { accountId, personId } = requireSession(c);
    const form = await readForm(c);
    const asked = { idempotencyKey: form.get('key'), shownTotal: form.get('total') };
    const submission = { accountId, personId, language: c.get('language'), ...asked };
    const order = await placeOrder(dependencies, submission).catch((error: unknown) => {
      if (error instanceof AkashiError && error.code === 'wrong-state') return null;
      throw error;
    });
    // Nothing was ordered: what the draft says now is shown, to be looked at again.
    if (order === null) return c.redirect(`${paths.confirmationPath()}?changed=1`, 303);
    return c.redirect(afterPlacing(dependencies, order), 303);
  });
  routes.get('/order/preview/:line/:file{[0-9]+\\.png}', async (c) => {
    const { accountId } = requireSession(c);
    const { draft, lines } = shown.find(accountId, c.req.query('key') ?? '') ?? (await assess(c));
    const line = lines[Number(c.req.param('line')) - 1];
    const page = Number.parseInt(c.req.param('file'), 10);
    if (line === undefined || page < 1 || page > line.sheetsPerCopy) throw new AkashiError('not-found');
    const as = draft.destination === 'store' || draft.destination === 'campus' ? 'grey' : 'colour';
    const png = await preview.previewPage(line.specimen, page, as);
    return c.body(Uint8Array.from(png), 200, { 'Content-Type': 'image/png', 'Cache-Control': 'no-store' });
  });
};

/** What comes after the confirmation: the payment, or for a free order to print, its ticket. */
const afterPlacing = (
  { paymentPath, ticketPath }: OrderingDependencies,
  { state, destination, orderNumber }: Order,
): string => {
  if (state === 'awaiting_payment') return paymentPath(orderNumber);
  const printed = destination === 'store' || destination === 'campus';
  return printed && PAID_STATES.includes(state) ? ticketPath(orderNumber) : paths.orderPath(orderNumber);
};
