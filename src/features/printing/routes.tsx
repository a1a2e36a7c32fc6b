import { toString as qrSvg } from 'qrcode';
import { deadlineAfterDays } from '#domain/dates.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, respond, textsFor } from '#features/http.tsx';
import type { Order } from '#features/ordering/index.ts';
import { orderPath, readOrderByNumber } from '#features/ordering/index.ts';
import { requireSession } from '#features/sign-in/index.ts';
import { together } from '#platform/database/database.ts';
import { formatInstant } from '#platform/i18n/format.ts';
import { addAgainRoutes } from './again-routes.tsx';
import { BEFORE_TICKET, isTicketAwaited, WITH_TICKET } from './awaited-tickets.ts';
import { addCampusRoutes, showCampusTicket } from './campus-routes.tsx';
import type { PrintingDependencies } from './dependencies.ts';
import { isErased, openTicket } from './erased-ticket.ts';
import { ticketPath } from './paths.ts';
import type { PrintDocumentRow, PrintJobRow } from './print-store.ts';
import { findJobByOrder, listDocumentsOfOrder, PRINTABLE } from './print-store.ts';
import { replaceableCopies } from './replace-bad-print.ts';
import { Lapsed } from './views/lapsed.tsx';
import { Printed } from './views/printed.tsx';
import { Ticket } from './views/ticket.tsx';
import { Unconfirmed } from './views/unconfirmed.tsx';

/** `/orders/:number/done`: the ticket, or what is being waited for. */
export const createPrintingRoutes = (dependencies: PrintingDependencies): Routes => {
  const routes = createRoutes();
  routes.get('/orders/:number/done', async (c) => {
    const { accountId } = requireSession(c);
    const orderNumber = c.req.param('number');
    c.header('Cache-Control', 'no-store');
    const found = await readState(dependencies, { accountId, orderNumber });
    if (!isAwaited(found) || c.req.query('wait') === undefined) return showState(c, dependencies, found);
    await dependencies.awaited.wait(found.order.id);
    // Asked for anew: who signed out elsewhere meanwhile is shown no ticket.
    return c.redirect(ticketPath(orderNumber), 303);
  });
  addCampusRoutes(routes, dependencies);
  addAgainRoutes(routes, dependencies);
  return routes;
};

type State = {
  readonly order: Order;
  readonly job: PrintJobRow | undefined;
  readonly documents: readonly PrintDocumentRow[];
};

const readState = async (
  { db }: PrintingDependencies,
  named: { readonly accountId: string; readonly orderNumber: string },
): Promise<State> => {
  const order = await readOrderByNumber(db, named);
  if (BEFORE_TICKET.includes(order.state)) return { order, job: undefined, documents: [] };
  const [job, documents] = await together(db, (one) =>
    Promise.all([findJobByOrder(one, order.id), listDocumentsOfOrder(one, order.id)]),
  );
  return { order, job, documents };
};

const isAwaited = ({ order, job }: State): boolean => isTicketAwaited(order.state, job?.replacing ?? false);

const showState = async (
  c: AppContext,
  dependencies: PrintingDependencies,
  state: State,
): Promise<Response> => {
  const { order, job, documents } = state;
  const texts = textsFor(c).printing;
  if (order.state === 'printed') return showPrinted(c, dependencies, order, job, documents);
  if (order.state === 'lapsed') return showLapsed(c, dependencies, order, job);
  if (order.state === 'printed_unconfirmed') {
    const title = texts.unconfirmedTitle;
    const used = job === undefined || job.reprinted_at !== null;
    return respond(c, { title }, <Unconfirmed texts={texts} orderNumber={order.orderNumber} used={used} />);
  }
  if (isAwaited(state)) {
    // Asks again by itself, and that request is held until there is something to say: a page that is read out is not
    // begun anew every few seconds. The header does what a meta element would, and needs no place in the frame.
    c.header('Refresh', `1; url=${ticketPath(order.orderNumber)}?wait`);
    const waiting = job === undefined ? texts.preparing : texts.replacing;
    return respond(
      c,
      { title: texts.preparingTitle },
      <div role="status">
        <p>{(await dependencies.isHalted()) ? textsFor(c).heldLines.halted : waiting}</p>
        <p>{texts.preparingLeave}</p>
      </div>,
    );
  }
  // What is held or refunded is told on the order's own page.
  if (job === undefined || !WITH_TICKET.includes(order.state))
    return c.redirect(orderPath(order.orderNumber), 303);
  const ticket = openTicket(dependencies.secrets, job);
  const left = documents.filter(({ state }) => PRINTABLE.includes(state));
  const sheets = left.reduce((sum, { pages }) => sum + pages, 0);
  const notice = noticeOf(c, order, job, documents);
  if (order.destination === 'campus')
    return showCampusTicket(c, dependencies, { order, job, sheets, notice });
  return respond(
    c,
    { title: texts.title, scripts: ['copy'] },
    <Ticket
      texts={texts}
      language={c.get('language')}
      order={order}
      {...ticket}
      sheets={sheets}
      qr={await qrSvg(ticket.printNumber, { type: 'svg', margin: 4, errorCorrectionLevel: 'M' })}
      deadline={job.deadline}
      chains={dependencies.chains}
      now={dependencies.clock.now()}
      notice={notice}
    />,
  );
};

const showPrinted = (
  c: AppContext,
  dependencies: PrintingDependencies,
  order: Order,
  job: PrintJobRow | undefined,
  documents: readonly PrintDocumentRow[],
): Response => {
  const texts = textsFor(c).printing;
  const copies = job === undefined ? [] : replaceableCopies(dependencies, job, documents);
  const last = copies
    .flatMap(({ completed_at: at }) => at ?? [])
    .sort(Temporal.Instant.compare)
    .at(-1);
  const until = last?.add({ hours: dependencies.badPrints.hours });
  return respond(
    c,
    { title: texts.printedTitle },
    <Printed
      texts={texts}
      orderNumber={order.orderNumber}
      badPrintUntil={until === undefined ? null : formatInstant(until, c.get('language'))}
    />,
  );
};

const showLapsed = (
  c: AppContext,
  { clock, printDays }: PrintingDependencies,
  order: Order,
  job: PrintJobRow | undefined,
): Response => {
  const texts = textsFor(c).printing;
  const extendable = job !== undefined && job.extended_at === null && !isErased(job);
  const until = deadlineAfterDays(clock.now(), printDays);
  return respond(
    c,
    { title: texts.lapsedTitle },
    <Lapsed
      texts={texts}
      orderNumber={order.orderNumber}
      until={extendable ? formatInstant(until, c.get('language')) : null}
    />,
  );
};

const noticeOf = (
  c: AppContext,
  order: Order,
  job: PrintJobRow,
  documents: readonly PrintDocumentRow[],
): string | null => {
  const texts = textsFor(c).printing;
  if (order.state === 'printing') return order.destination === 'campus' ? null : texts.busy;
  if (order.state === 'outcome_unknown') return texts.unknown;
  if (order.state !== 'partly_printed') return null;
  const done = documents.filter((document) => document.state === 'completed').length;
  if (done > 0) return texts.partly(done, documents.length);
  return job.bad_prints > 0 ? texts.nothingValid : texts.stopped;
};
