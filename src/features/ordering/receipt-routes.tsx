import { AkashiError } from '#domain/error.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { respond, textsFor } from '#features/http.tsx';
import { readSignedInForm, requireSession, takeKeptForm } from '#features/sign-in/index.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { readOrderLines } from './line-store.ts';
import { readOrderByNumber } from './order-store.ts';
import { receiptFilePath, receiptPath } from './paths.ts';
import { hasReceipt, LONGEST_ADDRESSEE, nameReceipt, receiptOf } from './receipt.ts';
import { viewOf } from './view-context.ts';
import { ReceiptPage } from './views/receipt-page.tsx';

/** The receipt of a paid order: its name, set once, and the file. */
export const addReceiptRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { db, cookies } = dependencies;
  const read = async (c: AppContext) => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    if (!hasReceipt(order)) throw new AkashiError('wrong-state', { state: order.state });
    return { order, lines: await readOrderLines(db, order.id) };
  };
  const formOf = (c: AppContext): string => `receipt-${c.req.param('number')}`;
  const show = async (c: AppContext, typed: string | null, wrong: boolean): Promise<Response> => {
    const { order, lines } = await read(c);
    const view = viewOf(c, dependencies);
    const receipt = receiptOf(dependencies, order, lines);
    const { errorSummary } = textsFor(c).frame;
    const props = { view, order, receipt, typed, wrong, errorSummary };
    const status = wrong ? 422 : 200;
    return respond(c, { title: view.texts.receipt.title, status }, <ReceiptPage {...props} />);
  };
  routes.get(receiptPath(':number'), (c) =>
    show(c, takeKeptForm(cookies, c, formOf(c))?.get('addressee') ?? null, false),
  );
  routes.post(receiptPath(':number'), async (c) => {
    const { form } = await readSignedInForm(cookies, c, formOf(c));
    const { order } = await read(c);
    const addressee = form.get('addressee');
    const length = addressee.trim().length;
    const named = order.receiptAddressee !== null;
    if (!named && (length === 0 || length > LONGEST_ADDRESSEE)) return show(c, addressee, true);
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
