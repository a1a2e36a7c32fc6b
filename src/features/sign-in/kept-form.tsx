import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AppContext, PostedForm } from '#features/http.tsx';
import { formOf, readForm } from '#features/http.tsx';
import { decryptBytes, encryptBytes } from '#platform/keys/envelope.ts';
import type { CookieJar } from '#platform/web/cookies.ts';
import { currentSession, requireSession } from './session.ts';
import type { Session } from './session-store.ts';

const COOKIE = 'akashi-kept-form';
/** Long enough to sign in again; the campus sign-in itself gives up after an hour. */
const LIFE_SECONDS = 3600;
/** Browsers keep cookies of at most 4,096 bytes, their name and attributes included. */
const LARGEST_COOKIE = 3500;
const LARGEST_FORM = 64 * 1024;
const OWNER = 'account';

/** Says whose the form is, so that what is typed comes back to nobody else. */
export const OwnerField = ({ accountId }: { accountId: string }) => (
  <input type="hidden" name={OWNER} value={accountId} />
);

/** A browser holds one; `name` says of which form. */
type KeptForm = Pick<PostedForm, 'fields'> & { readonly name: string };

/** An account's id is random and shown on its own pages only: who signs in next at a shared computer has no key. */
const keyOf = (owner: string): Uint8Array =>
  createHash('sha256').update(`akashi kept form ${owner}`).digest();

const seal = (owner: string, kept: KeptForm): string =>
  Buffer.from(encryptBytes(keyOf(owner), deflateRawSync(JSON.stringify(kept)))).toString('base64url');
const unseal = (owner: string, sealed: string): KeptForm => {
  const packed = decryptBytes(keyOf(owner), Buffer.from(sealed, 'base64url'));
  return JSON.parse(inflateRawSync(packed, { maxOutputLength: LARGEST_FORM }).toString('utf8'));
};

/**
 * Keeps the fields of a form that is refused for want of a sign-in in the browser that typed them, so that nothing of
 * an unknown sender reaches the database. A form without an `OwnerField` or too large for a cookie is not kept.
 */
export const keepForm = (
  cookies: CookieJar,
  c: AppContext,
  name: string,
  form: PostedForm,
  isWanted: (field: string) => boolean = () => true,
): void => {
  const owner = form.get(OWNER);
  if (owner === '') return;
  const fields = form.fields.filter(([field]) => field !== OWNER && isWanted(field));
  const sealed = seal(owner, { name, fields });
  if (sealed.length <= LARGEST_COOKIE) cookies.set(c, COOKIE, sealed, { maxAgeSeconds: LIFE_SECONDS });
};

/** Takes back, once, what was kept of this form; null where nothing of whoever is signed in now was. */
export const takeKeptForm = (cookies: CookieJar, c: AppContext, name: string): PostedForm | null => {
  const session = currentSession(c);
  const sealed = cookies.get(c, COOKIE);
  if (session === null || sealed === undefined) return null;
  try {
    const kept = unseal(session.accountId, sealed);
    if (kept.name !== name) return null;
    cookies.clear(c, COOKIE);
    return formOf(kept.fields);
  } catch {
    // Somebody else's, or nothing that we wrote: the browser is rid of it.
    cookies.clear(c, COOKIE);
    return null;
  }
};

/** The posted form and who posted it; where nobody is signed in any more it is kept before the refusal. */
export const readSignedInForm = async (
  cookies: CookieJar,
  c: AppContext,
  name: string,
  isWanted?: (field: string) => boolean,
): Promise<{ session: Session; form: PostedForm }> => {
  const form = await readForm(c);
  if (currentSession(c) === null) keepForm(cookies, c, name, form, isWanted);
  return { session: requireSession(c), form };
};
