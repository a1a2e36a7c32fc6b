import type { MiddlewareHandler } from 'hono';
import { AkashiError } from '#domain/error.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a state-changing request that a page of another site sent: `Sec-Fetch-Site` where the browser says it,
 * else `Origin`. Every supported browser sends one of them with a POST; a request with neither is not a browser's and
 * carries no cookie that could be abused.
 */
export const refuseForeignPosts = (baseUrl: string, machinePaths: readonly string[]): MiddlewareHandler => {
  const { origin } = new URL(baseUrl);
  return async (c, next) => {
    if (SAFE.has(c.req.method) || machinePaths.some((prefix) => c.req.path.startsWith(prefix))) return next();
    const site = c.req.header('sec-fetch-site');
    const from = c.req.header('origin');
    const own = site === undefined ? from === undefined || from === origin : site === 'same-origin';
    if (!own) throw new AkashiError('form-expired', { site: site ?? 'none' });
    return next();
  };
};
