import { needsDelivery } from '#domain/order/delivery.ts';
import type { Draft } from '#domain/order/draft.ts';
import type { AppContext, Page } from '#features/http.tsx';
import { textsFor } from '#features/http.tsx';
import { requireSession } from '#features/sign-in/index.ts';
import type { OrderingDependencies } from './dependencies.ts';
import type { ViewContext } from './views/order-state.tsx';

export const viewOf = (c: AppContext, dependencies: OrderingDependencies): ViewContext => ({
  texts: textsFor(c).ordering,
  language: c.get('language'),
  dependencies,
  accountId: requireSession(c).accountId,
});

type StepName = 'destination' | 'certificates' | 'delivery' | 'confirmation';

/** Title and step line of a page: payment and "done" follow, delivery details come only where they are needed. */
export const stepOf = ({ destination }: Draft, name: StepName, { texts }: ViewContext): Page => {
  const { title } = texts[name];
  const steps: StepName[] = needsDelivery(destination)
    ? ['destination', 'certificates', 'delivery', 'confirmation']
    : ['destination', 'certificates', 'confirmation'];
  return { title, step: { now: steps.indexOf(name) + 1, of: steps.length + 2, name: title } };
};
