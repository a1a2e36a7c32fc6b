import { MOST_PARCELS, needsDelivery, parcelCount } from '#domain/order/delivery.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { respond, textsFor } from '#features/http.tsx';
import { requireSession } from '#features/sign-in/index.ts';
import { assessDraft, isChosen, isComplete } from './assess-draft.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { readFields, saveFields, takeKeptFields } from './draft-form.ts';
import * as paths from './paths.ts';
import { readForPage } from './read-for-page.ts';
import { stepOf, viewOf } from './view-context.ts';
import { DeliveryPage } from './views/delivery-page.tsx';

const OWN =
  /^(office|(to|sealed|name|country|postcode|address|reference|organisation|department|person|mail|again|code|language)\.[1-9]|put\.[1-9]\.copies\..+)$/;

/** Delivery details: envelopes, the counter, or recipients online. */
export const addDeliveryRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { clock } = dependencies;
  const show = async (c: AppContext, asked: boolean): Promise<Response> => {
    const [draft, register] = await readForPage(dependencies, requireSession(c));
    if (!needsDelivery(draft.destination)) return c.redirect(paths.certificatesPath(), 303);
    const assessment = await assessDraft(dependencies, register, draft, clock.now());
    if (!isChosen(assessment)) return c.redirect(paths.certificatesPath(), 303);
    if (asked && isComplete(assessment)) return c.redirect(paths.confirmationPath(), 303);
    const view = viewOf(c, dependencies);
    const page = { ...stepOf(draft, 'delivery', view), status: asked ? 422 : 200 } as const;
    const { errorSummary } = textsFor(c).frame;
    return respond(c, page, <DeliveryPage {...{ view, draft, assessment, asked, errorSummary }} />);
  };
  routes.get(paths.deliveryPath(), async (c) => {
    await takeKeptFields(dependencies, c);
    return show(c, false);
  });
  routes.post(paths.deliveryPath(), async (c) => {
    const { session, fields, form } = await readFields(dependencies, c, (name) => OWN.test(name));
    const action = form.get('action');
    const by = action === 'add' ? 1 : action === 'remove' ? -1 : 0;
    await saveFields(dependencies, session, fields, (draft) => {
      const parcels = Math.min(MOST_PARCELS, Math.max(1, parcelCount(draft.typed) + by));
      return { ...draft, typed: { ...draft.typed, parcels: String(parcels) } };
    });
    return action === 'next' ? show(c, true) : c.redirect(paths.deliveryPath(), 303);
  });
};
