import { deadlineAfterDays } from '#domain/dates.ts';
import { openDestinations } from '#domain/destination/destination.ts';
import { AkashiError } from '#domain/error.ts';
import type { Draft } from '#domain/order/draft.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, readForm, respond, textsFor } from '#features/http.tsx';
import type { Session } from '#features/sign-in/index.ts';
import { requireSession } from '#features/sign-in/index.ts';
import { assessDraft, isComplete } from './assess-draft.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { readDraft, saveDraft } from './draft-store.ts';
import { addOrderRoutes } from './order-routes.tsx';
import { listOrders } from './order-store.ts';
import * as paths from './paths.ts';
import { placeOrder } from './place-order.ts';
import { CertificatesPage } from './views/certificates-page.tsx';
import { ConfirmationPage } from './views/confirmation-page.tsx';
import { DestinationPage } from './views/destination-page.tsx';
import type { ViewContext } from './views/order-state.tsx';
import { isUnfinished } from './views/order-state.tsx';

const STEPS = 5;

export const createOrderingRoutes = (dependencies: OrderingDependencies): Routes => {
  const routes = createRoutes();
  addDestinationRoutes(routes, dependencies);
  addCertificateRoutes(routes, dependencies);
  addConfirmationRoutes(routes, dependencies);
  addOrderRoutes(routes, dependencies);
  return routes;
};

const viewOf = (c: AppContext, dependencies: OrderingDependencies): ViewContext => ({
  texts: textsFor(c).ordering,
  language: c.get('language'),
  dependencies,
});

const stepOf = (now: number, title: string) => ({ title, step: { now, of: STEPS, name: title } });

/** Saves what was typed under a new key: a confirmation page shown earlier no longer fits it. */
const save = (
  { db, clock, randomBytes }: OrderingDependencies,
  { accountId }: Session,
  draft: Omit<Draft, 'key'>,
): Promise<void> =>
  saveDraft(db, accountId, { ...draft, key: Buffer.from(randomBytes(16)).toString('hex') }, clock.now());

const addDestinationRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { db, university } = dependencies;
  const show = async (c: AppContext, problem: boolean): Promise<Response> => {
    const { accountId } = requireSession(c);
    const view = viewOf(c, dependencies);
    const draft = await readDraft(db, accountId);
    const unfinished = (await listOrders(db, accountId)).filter(isUnfinished);
    const page = { ...stepOf(1, view.texts.destination.title), status: problem ? 422 : 200 } as const;
    return respond(
      c,
      page,
      <DestinationPage view={view} draft={draft} unfinished={unfinished} problem={problem} />,
    );
  };
  routes.get(paths.destinationPath(), (c) => show(c, false));
  routes.post(paths.destinationPath(), async (c) => {
    const session = requireSession(c);
    const wanted = (await readForm(c)).get('destination');
    const destination = openDestinations(university.destinations).find(({ kind }) => kind === wanted);
    if (destination === undefined) return show(c, true);
    const draft = await readDraft(db, session.accountId);
    await save(dependencies, session, { ...draft, destination: destination.kind });
    return c.redirect(paths.certificatesPath(), 303);
  });
};

const addCertificateRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { db, clock } = dependencies;
  const show = async (c: AppContext, asked: boolean): Promise<Response> => {
    const session = requireSession(c);
    const draft = await readDraft(db, session.accountId);
    if (draft.destination === null) return c.redirect(paths.destinationPath(), 303);
    const assessment = await assessDraft(dependencies, session.personId, draft, clock.now());
    if (asked && isComplete(dependencies, draft, assessment)) {
      return c.redirect(paths.confirmationPath(), 303);
    }
    const view = viewOf(c, dependencies);
    const page = { ...stepOf(2, view.texts.certificates.title), status: asked ? 422 : 200 } as const;
    return respond(
      c,
      page,
      <CertificatesPage view={view} draft={draft} assessment={assessment} asked={asked} />,
    );
  };
  routes.get(paths.certificatesPath(), (c) => show(c, false));
  routes.post(paths.certificatesPath(), async (c) => {
    const session = requireSession(c);
    const form = await c.req.formData();
    const typed = [...form].filter(
      (entry): entry is [string, string] => entry[0].startsWith('copies.') && typeof entry[1] === 'string',
    );
    const copies = Object.fromEntries(typed.slice(0, 500).map(([name, text]) => [name, text.slice(0, 8)]));
    const { destination } = await readDraft(db, session.accountId);
    await save(dependencies, session, { destination, copies });
    return show(c, form.get('action') === 'next');
  });
};

const addConfirmationRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { db, clock, university, preview } = dependencies;
  const assess = async (c: AppContext) => {
    const { accountId, personId } = requireSession(c);
    const draft = await readDraft(db, accountId);
    return { draft, assessment: await assessDraft(dependencies, personId, draft, clock.now()) };
  };
  routes.get(paths.confirmationPath(), async (c) => {
    const { draft, assessment } = await assess(c);
    if (!isComplete(dependencies, draft, assessment)) return c.redirect(paths.certificatesPath(), 303);
    const view = viewOf(c, dependencies);
    const paymentDeadline = clock.now().add({ minutes: university.deadlines.cardPaymentMinutes });
    const printDeadline = deadlineAfterDays(clock.now(), university.deadlines.printDays);
    const props = { view, assessment, idempotencyKey: draft.key, paymentDeadline, printDeadline };
    return respond(c, stepOf(3, view.texts.confirmation.title), <ConfirmationPage {...props} />);
  });
  routes.post(paths.confirmationPath(), async (c) => {
    const { accountId, personId } = requireSession(c);
    const idempotencyKey = (await readForm(c)).get('key');
    const language = c.get('language');
    const order = await placeOrder(dependencies, { accountId, personId, language, idempotencyKey });
    const waits = order.state === 'awaiting_payment';
    const next = waits ? dependencies.paymentPath(order.orderNumber) : paths.orderPath(order.orderNumber);
    return c.redirect(next, 303);
  });
  routes.get('/order/preview/:line/:file{[0-9]+\\.png}', async (c) => {
    const { assessment } = await assess(c);
    const line = assessment.lines[Number(c.req.param('line')) - 1];
    const page = Number.parseInt(c.req.param('file'), 10);
    if (line === undefined || page < 1 || page > line.sheetsPerCopy) throw new AkashiError('not-found');
    const png = await preview.previewPage(line.snapshot, page);
    return c.body(Uint8Array.from(png), 200, { 'Content-Type': 'image/png', 'Cache-Control': 'no-store' });
  });
};
