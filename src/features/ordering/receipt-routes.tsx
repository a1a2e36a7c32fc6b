import { AkashiError } from '#domain/error.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { readForm, respond, textsFor } from '#features/http.tsx';
import { requireSession } from '#features/sign-in/index.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { readOrderByNumber, readOrderLines } from './order-store.ts';
import { receiptFilePath, receiptPath } from './paths.ts';
import { hasReceipt, LONGEST_ADDRESSEE, nameReceipt, receiptOf } from './receipt.ts';
import { viewOf } from './view-context.ts';
import { ReceiptPage } from './views/receipt-page.tsx';

/** The receipt of a paid order: its name, set once, and the file. */
export const addReceiptRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { db } = dependencies;
  const read = async (c: AppContext) => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    if (!hasReceipt(order)) throw new AkashiError('wrong-state', { state: order.state });
    return { order, lines: await readOrderLines(db, order.id) };
  };
  const show = async (c: AppContext, typed: string | null): Promise<Response> => {
    const { order, lines } = await read(c);
    const view = viewOf(c, dependencies);
    const receipt = receiptOf(dependencies, order, lines);
    const { errorSummary } = textsFor(c).frame;
    const props = { view, order, receipt, typed, errorSummary };
    const status = typed === null ? 200 : 422;
    return respond(c, { title: view.texts.receipt.title, status }, <ReceiptPage {...props} />);
  };
  routes.get(receiptPath(':number'), (c) => show(c, null));
  routes.post(receiptPath(':number'), async (c) => {
    const { order } = await read(c);
    const addressee = (await readForm(c)).get('addressee');
    const length = addressee.trim().length;
    if (length === 0 || length > LONGEST_ADDRESSEE) return show(c, addressee);
    await nameReceipt(dependencies, order, addressee);
    return c.redirect(receiptPath(order.orderNumber), 303);
  });
  routes.get(receiptFilePath(':number'), async (c) => {
    const { order, lines } = await read(c);
    const receipt = receiptOf(dependencies, order, lines);
    const pdf = await dependencies.typesetReceipt(receipt, order.paidAt ?? order.submittedAt);
    return c.body(Uint8Array.from(pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="receipt-${order.orderNumber}.pdf"`,
    });
  });
};
