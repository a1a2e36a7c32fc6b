import type { Routes } from '#features/http.tsx';
import { createRoutes } from '#features/http.tsx';
import { addLinkRoutes } from './link-routes.tsx';
import { confirmPath, undoPath } from './paths.ts';
import type { MailAddressDependencies } from './request-address.ts';
import { addSettingRoutes } from './setting-routes.tsx';
import type { SlowDownOptions } from './slow-down.ts';
import { slowDownStrangers } from './slow-down.ts';
import { addWaitingRoutes } from './waiting-routes.tsx';

/** Manual 2.1 steps 4 to 8 and 2.3 (a). */
export const createMailAddressRoutes = (dependencies: MailAddressDependencies & SlowDownOptions): Routes => {
  const routes = createRoutes();
  const slowDown = slowDownStrangers(dependencies);
  for (const path of [confirmPath(':token'), undoPath(':token')]) routes.use(path, slowDown);
  addSettingRoutes(routes, dependencies);
  addWaitingRoutes(routes, dependencies);
  addLinkRoutes(routes, dependencies);
  return routes;
};
