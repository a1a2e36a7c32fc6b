import type { Routes } from '#features/http.tsx';
import { createRoutes } from '#features/http.tsx';
import { addApplicantRoutes } from './applicant-routes.tsx';
import type { DeliveryDependencies } from './dependencies.ts';
import { addRecipientRoutes } from './recipient-routes.tsx';

/** For recipients, who have a link and no account. */
export const createRecipientRoutes = (dependencies: DeliveryDependencies): Routes => {
  const routes = createRoutes();
  addRecipientRoutes(routes, dependencies);
  return routes;
};

/** For the owners of orders, on the pages under their orders. */
export const createApplicantRoutes = (dependencies: DeliveryDependencies): Routes => {
  const routes = createRoutes();
  addApplicantRoutes(routes, dependencies);
  return routes;
};
