import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { PrintingDependencies } from '../dependencies.ts';
import { rememberNonce, rememberNonceOfChange } from './nonce-store.ts';
import { GatewayProblem } from './problem.ts';

const WINDOW_SECONDS = 300;
const NONCE = /^[A-Za-z0-9_-]{16,64}$/;

/**
 * The copier network that signed the request: HMAC-SHA256 over method, path with query, time, nonce and the body's
 * SHA-256, one a line. Any flaw is `unauthenticated` alike.
 */
export const authenticate = async (
  { db, clock, copierKeys }: PrintingDependencies,
  request: Request,
  body: Uint8Array,
): Promise<string> => {
  const header = (name: string): string => request.headers.get(`copier-${name}`) ?? '';
  const [keyId, time, nonce] = [header('key'), header('time'), header('nonce')];
  const key = copierKeys.find((candidate) => candidate.keyId === keyId);
  const { pathname, search } = new URL(request.url);
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const signed = [request.method, `${pathname}${search}`, time, nonce, bodyHash].join('\n');
  const expected = createHmac('sha256', key?.secret ?? 'no such key')
    .update(signed)
    .digest();
  const given = Buffer.from(header('signature'), 'hex');
  const matches = given.length === expected.length && timingSafeEqual(given, expected);
  const now = clock.now();
  const apart = Math.abs(Number(time) - now.epochMilliseconds / 1000);
  if (
    key === undefined ||
    !matches ||
    !NONCE.test(nonce) ||
    !/^\d{10}$/.test(time) ||
    apart > WINDOW_SECONDS
  ) {
    throw new GatewayProblem('unauthenticated');
  }
  // Signed first, remembered after: a stranger cannot fill the table.
  const until = now.add({ seconds: 2 * WINDOW_SECONDS + 1 });
  const remember = request.method === 'GET' ? rememberNonce : rememberNonceOfChange;
  if (!(await remember(db, { keyId, nonce, until }))) throw new GatewayProblem('unauthenticated');
  return key.code;
};
