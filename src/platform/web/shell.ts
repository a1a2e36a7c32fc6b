import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AkashiError } from '#domain/error.ts';
import { isDatabaseAway } from '../database/away.ts';
import type { Log } from '../log.ts';
import { refuseForeignPosts } from './foreign-posts.ts';
import { securityHeaders } from './security-headers.ts';

export type ShellVariables = { requestId: string };

export type ShellOptions<Variables extends ShellVariables> = {
  readonly log: Log;
  /** The public origin, such as `https://certificates.example.ac.jp`. */
  readonly baseUrl: string;
  /** Path prefixes whose POSTs come from elsewhere and prove themselves otherwise: SAML, webhooks, copiers. */
  readonly machinePaths: readonly string[];
  readonly maximumBodyBytes: number;
  /** Makes the answer for a refused request: a page for people, problem+json for machines. */
  readonly refuse: (c: Context<{ Variables: Variables }>, error: AkashiError) => Response | Promise<Response>;
};

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

/** To Node's `Request` these have no body, whatever was sent. */
const WITHOUT_BODY = new Set(['GET', 'HEAD']);

/** Whether an address decodes to text: whole UTF-8 sequences and no NUL, which PostgreSQL cannot hold. */
const isText = (url: string): boolean => {
  try {
    return !decodeURIComponent(url).includes('\0');
  } catch {
    return false;
  }
};

/** Whatever was thrown, as one of our errors; what we do not know becomes `unexpected`. */
const asAkashiError = (error: unknown): AkashiError => {
  if (error instanceof AkashiError) return error;
  if (isDatabaseAway(error)) return new AkashiError('unavailable', { database: 'away' }, { cause: error });
  return new AkashiError('unexpected', {}, { cause: error });
};

/** When a machine may ask again; people read it on the page. */
const ASK_AGAIN_SECONDS = '10';

/**
 * The outermost layer: a request id on everything, security headers, a body limit, no posts from other sites, and one
 * exit for errors. Features are mounted on the returned app.
 */
export const createShell = <Variables extends ShellVariables>(
  options: ShellOptions<Variables>,
): Hono<{ Variables: Variables }> => {
  const { log } = options;
  const app = new Hono<{ Variables: Variables }>();
  app.use(async (c, next) => {
    // Short enough to be read out on the telephone.
    const requestId = randomUUID().slice(-12);
    c.set('requestId', requestId as Variables['requestId']);
    await next();
    // By `c.header` the finished answer would be built again, as a stream.
    c.res.headers.set('X-Request-Id', requestId);
  });
  app.use(securityHeaders(options.baseUrl));
  app.use(async (c, next) => {
    if (!METHODS.has(c.req.method)) throw new AkashiError('method-not-allowed');
    await next();
  });
  app.use(async (c, next) => {
    if (!isText(c.req.url)) throw new AkashiError('bad-request');
    await next();
  });
  app.use(refuseForeignPosts(options.baseUrl, options.machinePaths));
  const limit = bodyLimit({
    maxSize: options.maximumBodyBytes,
    onError: () => {
      throw new AkashiError('too-large');
    },
  });
  // Where the answer is known without the body it is not asked for: that would make another request of this one.
  app.use((c, next) => {
    const { method } = c.req;
    const announced =
      c.req.header('transfer-encoding') === undefined ? c.req.header('content-length') : undefined;
    const fits = announced !== undefined && Number(announced) <= options.maximumBodyBytes;
    return WITHOUT_BODY.has(method) || fits ? next() : limit(c, next);
  });
  app.onError((thrown, c) => {
    const error = asAkashiError(thrown);
    const line = { requestId: c.get('requestId'), code: error.code, detail: error.detail };
    if (error.code === 'unexpected' || error.code === 'unavailable')
      log.error({ ...line, stack: String((error.cause as Error | undefined)?.stack) }, 'request failed');
    else log.info(line, 'request refused');
    // What was not read still comes in; on a connection of its own it cannot be taken for the next request.
    if (error.code === 'too-large') c.header('Connection', 'close');
    if (error.code === 'unavailable') c.header('Retry-After', ASK_AGAIN_SECONDS);
    return options.refuse(c, error);
  });
  return app;
};

/** Answers what no route took: `method-not-allowed` where the path exists under another method, else `not-found`. */
export const refuseTheRest = <Variables extends ShellVariables>(
  app: Hono<{ Variables: Variables }>,
): void => {
  const known = app.routes.filter((route) => route.method !== 'ALL').map((route) => pattern(route.path));
  app.notFound((c) => {
    const elsewhere = known.some((path) => path.test(c.req.path));
    throw new AkashiError(elsewhere ? 'method-not-allowed' : 'not-found');
  });
};

/** Whether a route of that method takes the path; routes for every method do not count. */
export const hasRoute = <Variables extends ShellVariables>(
  app: Hono<{ Variables: Variables }>,
  method: string,
  path: string,
): boolean => app.routes.some((route) => route.method === method && pattern(route.path).test(path));

const pattern = (path: string): RegExp =>
  new RegExp(
    `^${path
      .replace(/[.+]/g, '\\$&')
      .replace(/:[A-Za-z]+(\{[^}]*\})?/g, '[^/]+')
      .replace(/\*/g, '.*')}$`,
  );
