import type { AppContext, Page } from '#features/http.tsx';
import { textsFor } from '#features/http.tsx';
import type { OrderingDependencies } from './dependencies.ts';
import type { ViewContext } from './views/order-state.tsx';

export const viewOf = (c: AppContext, dependencies: OrderingDependencies): ViewContext => ({
  texts: textsFor(c).ordering,
  language: c.get('language'),
  dependencies,
});

const STEPS = ['destination', 'certificates', 'confirmation'] as const;

/** Title and step line of a page; payment and "done" follow. */
export const stepOf = (name: (typeof STEPS)[number], { texts }: ViewContext): Page => {
  const { title } = texts[name];
  return { title, step: { now: STEPS.indexOf(name) + 1, of: STEPS.length + 2, name: title } };
};
