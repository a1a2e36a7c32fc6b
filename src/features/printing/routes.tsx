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
import { addCampusRoutes, showCampusTicket } from './campus-routes.tsx';
import type { PrintingDependencies } from './dependencies.ts';
import { isErased, openTicket } from './erased-ticket.ts';
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
    const order = await readOrderByNumber(dependencies.db, { accountId, orderNumber });
    c.header('Cache-Control', 'no-store');
    if (WAITING.includes(order.state)) return showState(c, dependencies, order, undefined, []);
    const [job, documents] = await together(dependencies.db, (db) =>
      Promise.all([findJobByOrder(db, order.id), listDocumentsOfOrder(db, order.id)]),
    );
    return showState(c, dependencies, order, job, documents);
  });
  addCampusRoutes(routes, dependencies);
  addAgainRoutes(routes, dependencies);
  return routes;
};

/** Nothing is ready to be printed yet: there is no print job (`preparePrint`). */
const WAITING: readonly Order['state'][] = ['paid', 'preparing', 'awaiting_payment'];

/** Seconds. Who has waited for long asks less often: at a semester's start a thousand may be waiting at once. */
const askAgainAfter = ({ paidAt, submittedAt }: Order, now: Temporal.Instant): number => {
  const waited = now.since(paidAt ?? submittedAt).total('seconds');
  return Math.round(Math.min(15, Math.max(3, waited / 2)));
};

const showState = async (
  c: AppContext,
  dependencies: PrintingDependencies,
  order: Order,
  job: PrintJobRow | undefined,
  documents: readonly PrintDocumentRow[],
): Promise<Response> => {
  const texts = textsFor(c).printing;
  if (order.state === 'printed') return showPrinted(c, dependencies, order, job, documents);
  if (order.state === 'lapsed') return showLapsed(c, dependencies, order, job);
  if (order.state === 'printed_unconfirmed') {
    const title = texts.unconfirmedTitle;
    const used = job === undefined || job.reprinted_at !== null;
    return respond(c, { title }, <Unconfirmed texts={texts} orderNumber={order.orderNumber} used={used} />);
  }
  if (job === undefined || job.replacing) {
    // What is held or refunded is told on the order's own page.
    if (job === undefined && !WAITING.includes(order.state))
      return c.redirect(orderPath(order.orderNumber), 303);
    // The header does what a meta element would, and needs no place in the frame.
    c.header('Refresh', String(askAgainAfter(order, dependencies.clock.now())));
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
