import type { AppContext } from '#features/http.tsx';
import type { Session } from '#features/sign-in/index.ts';
import type { CookieJar } from '#platform/web/cookies.ts';

const COOKIE = 'akashi-typed-address';
/** Long enough to sign in again; the campus sign-in itself gives up after an hour. */
const LIFE_SECONDS = 3600;
/** An address has at most 254 characters; a cookie 4,096 bytes. */
const LONGEST = 400;

export type TypedForm = { readonly address: string; readonly check: string };

/**
 * Keeps what was typed in a form that had to be refused for want of a recent sign-in, in the browser that typed it.
 * `accountId` is what the form says: only that account gets it back, never the next person at a shared computer.
 */
export const keepForm = (
  cookies: CookieJar,
  c: AppContext,
  { accountId, address, check }: TypedForm & { readonly accountId: string },
): void => {
  if (address.length > LONGEST || check.length > LONGEST) return;
  const packed = Buffer.from(JSON.stringify([accountId, address, check])).toString('base64url');
  cookies.set(c, COOKIE, packed, { maxAgeSeconds: LIFE_SECONDS });
};

/** Takes back, once, what was kept; null when there is nothing of this account's. */
export const takeKeptForm = (cookies: CookieJar, c: AppContext, session: Session): TypedForm | null => {
  const kept = cookies.get(c, COOKIE);
  if (kept === undefined) return null;
  cookies.clear(c, COOKIE);
  try {
    const fields: unknown = JSON.parse(Buffer.from(kept, 'base64url').toString('utf8'));
    if (!Array.isArray(fields) || !fields.every((field) => typeof field === 'string')) return null;
    const [accountId, address = '', check = ''] = fields;
    return accountId === session.accountId ? { address, check } : null;
  } catch {
    // The cookie is the browser's: whatever it holds that we did not write is as good as nothing.
    return null;
  }
};
