import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { keepNewest } from '../remember.ts';
import { encodingFor } from './encoding.ts';
import { compress } from './packed.ts';

/** Below this an answer fits one packet anyway. */
const SMALLEST_BYTES = 1024;
/** So many pages are kept compressed, none above `LARGEST_KEPT`: most of them say the same to everybody. */
const MOST_KEPT = 200;
const LARGEST_KEPT = 256 * 1024;
const TEXT = /^(text\/|application\/(json|manifest\+json|xml|samlmetadata\+xml)|image\/svg)/;

/**
 * Compresses text answers of requests for which `isPublic` says that nothing in the answer is anybody's secret. Where a
 * page holds a secret beside words that a stranger can choose, its compressed length tells the secret (BREACH, 2013);
 * such pages therefore go out as they are. An answer that sets a cookie is left alone too.
 */
export const compressPublic = (isPublic: (c: Context) => boolean): MiddlewareHandler => {
  const kept = keepNewest<Uint8Array<ArrayBuffer>>(MOST_KEPT);
  const compressed = async (plain: Uint8Array, encoding: 'br' | 'gzip'): Promise<Uint8Array<ArrayBuffer>> => {
    if (plain.length > LARGEST_KEPT) return compress(plain, encoding, 'quick');
    const key = `${encoding} ${createHash('sha256').update(plain).digest('base64')}`;
    const made = kept.get(key) ?? (await compress(plain, encoding, 'quick'));
    kept.set(key, made);
    return made;
  };
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    // What is sent packed has chosen its encoding already, also where that is none.
    if (!TEXT.test(headers.get('content-type') ?? '') || headers.get('vary') === 'Accept-Encoding') return;
    headers.append('Vary', 'Accept-Encoding');
    const encoding = encodingFor(c.req.header('accept-encoding'));
    if (encoding === 'plain' || c.req.method === 'HEAD' || headers.has('set-cookie') || !isPublic(c)) return;
    const plain = new Uint8Array(await c.res.clone().arrayBuffer());
    if (plain.length < SMALLEST_BYTES) return;
    const answer = new Response(await compressed(plain, encoding), c.res);
    answer.headers.set('Content-Encoding', encoding);
    answer.headers.delete('Content-Length');
    c.res = answer;
  };
};
