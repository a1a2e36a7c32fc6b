import type { AppContext, Routes } from '#features/http.tsx';
import { readForm, respond, textsFor } from '#features/http.tsx';
import type { Order } from '#features/ordering/index.ts';
import { readOrderByNumber } from '#features/ordering/index.ts';
import { requireSession } from '#features/sign-in/index.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { extendPrint } from './extend-print.ts';
import { badPrintPath, extendPath, reprintPath, ticketPath } from './paths.ts';
import type { PrintDocumentRow } from './print-store.ts';
import { findJobByOrder, listPrintDocuments } from './print-store.ts';
import { replaceableCopies, replaceBadPrint } from './replace-bad-print.ts';
import { reprintUnconfirmed } from './reprint-unconfirmed.ts';
import { BadPrint } from './views/bad-print.tsx';

/** What an owner may ask for after the first number: once more when nobody confirmed, more time, new sheets for bad ones. */
export const addAgainRoutes = (routes: Routes, dependencies: PrintingDependencies): void => {
  const { db } = dependencies;
  const ownOrder = async (c: AppContext): Promise<{ order: Order; actor: string }> => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    return { order, actor: `account:${accountId}` };
  };
  routes.post(reprintPath(':number'), async (c) => {
    const { order, actor } = await ownOrder(c);
    await reprintUnconfirmed(dependencies, { orderId: order.id, actor });
    return c.redirect(ticketPath(order.orderNumber), 303);
  });
  routes.post(extendPath(':number'), async (c) => {
    const { order, actor } = await ownOrder(c);
    await extendPrint(dependencies, { orderId: order.id, actor });
    return c.redirect(ticketPath(order.orderNumber), 303);
  });
  routes.get(badPrintPath(':number'), async (c) => {
    const { order } = await ownOrder(c);
    const copies = await copiesOf(dependencies, order);
    if (copies.length === 0) return c.redirect(ticketPath(order.orderNumber), 303);
    return showBadPrint(c, dependencies, order, { copies, problem: false });
  });
  routes.post(badPrintPath(':number'), async (c) => {
    const { order, actor } = await ownOrder(c);
    const positions = (await readForm(c)).all('copy').map(Number);
    const copies = await copiesOf(dependencies, order);
    if (copies.length > 0 && positions.length === 0)
      return showBadPrint(c, dependencies, order, { copies, problem: true });
    await replaceBadPrint(dependencies, { orderId: order.id, positions, actor });
    return c.redirect(ticketPath(order.orderNumber), 303);
  });
};

const copiesOf = async (dependencies: PrintingDependencies, order: Order): Promise<PrintDocumentRow[]> => {
  const job = await findJobByOrder(dependencies.db, order.id);
  if (job === undefined) return [];
  return replaceableCopies(dependencies, job, await listPrintDocuments(dependencies.db, job.id));
};

const showBadPrint = async (
  c: AppContext,
  dependencies: PrintingDependencies,
  order: Order,
  { copies, problem }: { copies: readonly PrintDocumentRow[]; problem: boolean },
): Promise<Response> => {
  const {
    printing: texts,
    delivery: { titleIn },
  } = textsFor(c);
  const named = await Promise.all(
    copies.map(async ({ position, document_id: documentId, pages }) => {
      const { title, language, serial } = await dependencies.nameImpression(documentId);
      const named = title[configuredLanguage(c.get('language'))];
      return { position, title: titleIn[language](named), serial, pages };
    }),
  );
  return respond(
    c,
    { title: texts.badPrint.title, status: problem ? 422 : 200 },
    <BadPrint
      texts={texts}
      errorSummary={textsFor(c).frame.errorSummary}
      orderNumber={order.orderNumber}
      copies={named}
      problem={problem}
    />,
  );
};
