import type { AppContext, Routes } from '#features/http.tsx';
import { readForm, respond, textsFor } from '#features/http.tsx';
import type { Order } from '#features/ordering/index.ts';
import { readOrderByNumber } from '#features/ordering/index.ts';
import { requireSession } from '#features/sign-in/index.ts';
import { findLastPush } from './campus/push-store.ts';
import { sendToMachine } from './campus/send-to-machine.ts';
import { takeBackPush } from './campus/take-back-push.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { openTicket } from './erased-ticket.ts';
import { machinePath, takeBackPath, ticketPath } from './paths.ts';
import type { PrintJobRow } from './print-store.ts';
import { findJobByOrder } from './print-store.ts';
import { CampusTicket } from './views/campus-ticket.tsx';

/** Sending to a machine on campus, and taking back what nobody released there. */
export const addCampusRoutes = (routes: Routes, dependencies: PrintingDependencies): void => {
  const { db } = dependencies;
  const ownOrder = (c: AppContext): Promise<Order> => {
    const { accountId } = requireSession(c);
    return readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
  };
  routes.post(machinePath(':number'), async (c) => {
    const order = await ownOrder(c);
    const machine = (await readForm(c)).get('machine');
    if (dependencies.campus.machines.some(({ code }) => code === machine))
      await sendToMachine(dependencies, { orderId: order.id, machine });
    return c.redirect(ticketPath(order.orderNumber), 303);
  });
  routes.post(takeBackPath(':number'), async (c) => {
    const order = await ownOrder(c);
    const job = await findJobByOrder(db, order.id);
    if (job !== undefined) await takeBackPush(db, dependencies, job.id);
    return c.redirect(ticketPath(order.orderNumber), 303);
  });
};

type Shown = {
  readonly order: Order;
  readonly job: PrintJobRow;
  readonly sheets: number;
  readonly notice: string | null;
};

/** The ticket of an order for campus: which machine, or what to do at the one it was sent to. */
export const showCampusTicket = async (
  c: AppContext,
  { db, clock, secrets, campus }: PrintingDependencies,
  { order, job, sheets, notice }: Shown,
): Promise<Response> => {
  const texts = textsFor(c).printing;
  const push = (await findLastPush(db, job.id)) ?? null;
  const now = clock.now();
  const lies =
    push !== null &&
    push.outcome_at === null &&
    push.fence === job.fence &&
    Temporal.Instant.compare(push.leased_until, now) > 0;
  // What waits at a machine changes without this page.
  if (lies) c.header('Refresh', '5');
  return respond(
    c,
    { title: texts.campus.title, scripts: ['copy'] },
    <CampusTicket
      texts={texts}
      language={c.get('language')}
      order={order}
      {...openTicket(secrets, job)}
      sheets={sheets}
      deadline={job.deadline}
      machines={campus.machines}
      notice={notice}
      push={push === null ? null : { ...push, lies }}
    />,
  );
};
