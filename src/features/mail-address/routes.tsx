import type { Routes } from '#features/http.tsx';
import { createRoutes } from '#features/http.tsx';
import { addLinkRoutes } from './link-routes.tsx';
import { confirmPath, undoPath } from './paths.ts';
import type { SettingDependencies } from './setting-routes.tsx';
import { addSettingRoutes } from './setting-routes.tsx';
import type { SlowDownOptions } from './slow-down.ts';
import { slowDownStrangers } from './slow-down.ts';
import { addWaitingRoutes } from './waiting-routes.tsx';

/** Manual 2.1 steps 4 to 8 and 2.3 (a). */
export const createMailAddressRoutes = (dependencies: SettingDependencies & SlowDownOptions): Routes => {
  const routes = createRoutes();
  const slowDown = slowDownStrangers(dependencies);
  for (const path of [confirmPath(':token'), undoPath(':token')]) routes.use(path, slowDown);
  addSettingRoutes(routes, dependencies);
  addWaitingRoutes(routes, dependencies);
  addLinkRoutes(routes, dependencies);
  return routes;
};
