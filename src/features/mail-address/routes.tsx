import type { Routes } from '#features/http.tsx';
import { createRoutes } from '#features/http.tsx';
import { addLinkRoutes } from './link-routes.tsx';
import type { MailAddressDependencies } from './request-address.ts';
import { addSettingRoutes } from './setting-routes.tsx';
import { addWaitingRoutes } from './waiting-routes.tsx';

/** Manual 2.1 steps 4 to 8 and 2.3 (a). */
export const createMailAddressRoutes = (dependencies: MailAddressDependencies): Routes => {
  const routes = createRoutes();
  addSettingRoutes(routes, dependencies);
  addWaitingRoutes(routes, dependencies);
  addLinkRoutes(routes, dependencies);
  return routes;
};
