import { mayDeliver } from '#domain/delivery/states.ts';
import { AkashiError } from '#domain/error.ts';
import type { AppContext, PostedForm, Routes } from '#features/http.tsx';
import { respond, textsFor } from '#features/http.tsx';
import type { Order } from '#features/ordering/index.ts';
import { orderPath, readOrderByNumber } from '#features/ordering/index.ts';
import { readSignedInForm, requireSession, takeKeptForm } from '#features/sign-in/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import { attachment } from '#platform/web/content-disposition.ts';
import { listPersonalCopies } from './delivery-section.tsx';
import type { SentDelivery } from './delivery-store.ts';
import { listDeliveries } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import * as paths from './paths.ts';
import type { AddressProblems, TypedAddress } from './read-address.ts';
import { readAddress } from './read-address.ts';
import { recallDelivery } from './recall-delivery.ts';
import { isCorrectable, isResendable, MOST_SENDINGS, resendDelivery } from './resend-delivery.ts';
import { RecallPage } from './views/recall-page.tsx';
import { ResendPage } from './views/resend-page.tsx';

const typedIn = (form: PostedForm): TypedAddress => ({
  mail: form.get('mail').slice(0, 400),
  again: form.get('again').slice(0, 400),
});

type Asked = { readonly order: Order; readonly delivery: SentDelivery };

/** What the owner of an order does with its sendings: call back, send again, keep a copy. */
export const addApplicantRoutes = (routes: Routes, dependencies: DeliveryDependencies): void => {
  const { db, clock, cookies } = dependencies;
  const readOwn = (c: AppContext): Promise<Order> => {
    const { accountId } = requireSession(c);
    return readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
  };
  const read = async (c: AppContext): Promise<Asked> => {
    const order = await readOwn(c);
    const position = c.req.param('position');
    const found = (await listDeliveries(db, order.id)).find((one) => `${one.position}` === position);
    if (found === undefined) throw new AkashiError('not-found');
    return { order, delivery: found };
  };

  routes.get(paths.recallPath(':number', ':position'), async (c) => {
    const { order, delivery } = await read(c);
    const back = orderPath(order.orderNumber);
    if (!mayDeliver(delivery.state, 'recall')) return c.redirect(back, 303);
    const texts = textsFor(c).delivery.recall;
    const action = paths.recallPath(order.orderNumber, delivery.position);
    const title = texts.title(delivery.organisation);
    return respond(c, { title }, <RecallPage {...{ texts, action, back }} />);
  });
  routes.post(paths.recallPath(':number', ':position'), async (c) => {
    const { order, delivery } = await read(c);
    await recallDelivery(dependencies, order, delivery.position);
    return c.redirect(orderPath(order.orderNumber), 303);
  });

  const resendForm = (c: AppContext): string => `resend-${c.req.param('number')}-${c.req.param('position')}`;
  const showResend = (
    c: AppContext,
    { order, delivery }: Asked,
    typed: TypedAddress,
    problems: AddressProblems,
  ): Response => {
    const texts = textsFor(c).delivery.resend;
    return respond(
      c,
      { title: texts.title(delivery.organisation), status: problems.size > 0 ? 422 : 200 },
      <ResendPage
        texts={texts}
        errorSummary={textsFor(c).frame.errorSummary}
        accountId={order.accountId}
        action={paths.resendPath(order.orderNumber, delivery.position)}
        back={orderPath(order.orderNumber)}
        typed={typed}
        problems={problems}
        fixed={isCorrectable(delivery) ? null : delivery.mail}
        left={MOST_SENDINGS - delivery.sendings}
      />,
    );
  };
  routes.get(paths.resendPath(':number', ':position'), async (c) => {
    const asked = await read(c);
    if (!isResendable(asked.delivery, clock.now()))
      return c.redirect(orderPath(asked.order.orderNumber), 303);
    const kept = takeKeptForm(cookies, c, resendForm(c));
    const typed = kept === null ? { mail: asked.delivery.mail, again: '' } : typedIn(kept);
    return showResend(c, asked, typed, new Map());
  });
  routes.post(paths.resendPath(':number', ':position'), async (c) => {
    const { form } = await readSignedInForm(cookies, c, resendForm(c));
    const asked = await read(c);
    const { order, delivery } = asked;
    const typed = typedIn(form);
    const address = readAddress(typed);
    const mail = isCorrectable(delivery) ? address.mail : delivery.mail;
    if (mail === null) return showResend(c, asked, typed, address.problems);
    await resendDelivery(dependencies, order, { position: delivery.position, mail });
    return c.redirect(orderPath(order.orderNumber), 303);
  });

  routes.get(paths.personalCopyPath(':number', ':document'), async (c) => {
    const order = await readOwn(c);
    const copies = await listPersonalCopies(dependencies, order.id);
    const copy = copies[Number(c.req.param('document')) - 1];
    if (copy === undefined) throw new AkashiError('not-found');
    const pdf = await dependencies.makePersonalCopy(copy.documentId);
    const actor = `account:${order.accountId}`;
    const data = { documentId: copy.documentId };
    const subject = `order:${order.id}`;
    await recordEvent(db, { at: clock.now(), type: 'delivery.copy-kept', subject, actor, data });
    return c.body(Uint8Array.from(pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': attachment(copy.fileName),
    });
  });
};
