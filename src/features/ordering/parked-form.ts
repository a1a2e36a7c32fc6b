import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DESTINATION_KINDS } from '#domain/destination/destination.ts';
import type { Draft } from '#domain/order/draft.ts';
import { mergeFields } from '#domain/order/draft.ts';
import type { AppContext } from '#features/http.tsx';
import { currentSession } from '#features/sign-in/index.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { changeDraft } from './draft-store.ts';

const COOKIE = 'akashi-parked';
/** Long enough to sign in again; the campus sign-in itself gives up after an hour. */
const LIFE_SECONDS = 3600;
/** Browsers keep cookies of at most 4,096 bytes, their name and attributes included. */
const LARGEST_COOKIE = 3500;
const LARGEST_FORM = 64 * 1024;

export type Fields = readonly (readonly [string, string])[];

const pack = (fields: Fields): string => deflateRawSync(JSON.stringify(fields)).toString('base64url');

const unpack = (text: string): Fields => {
  try {
    const bytes = inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: LARGEST_FORM });
    const fields: unknown = JSON.parse(bytes.toString('utf8'));
    if (!Array.isArray(fields)) return [];
    return fields.filter(
      (field): field is [string, string] =>
        Array.isArray(field) && typeof field[0] === 'string' && typeof field[1] === 'string',
    );
  } catch {
    // The cookie is the browser's: whatever it holds that we did not write is as good as nothing.
    return [];
  }
};

/**
 * Keeps a form that was posted after the session had ended in the browser that typed it, so that nothing of an unknown
 * sender reaches the database. A form too large for a cookie is not kept.
 */
export const parkForm = ({ cookies }: OrderingDependencies, c: AppContext, fields: Fields): void => {
  const packed = pack(fields);
  if (packed.length <= LARGEST_COOKIE) cookies.set(c, COOKIE, packed, { maxAgeSeconds: LIFE_SECONDS });
};

/** The draft with these fields, under a new key: a confirmation page shown earlier no longer fits it. */
export const withFields = (dependencies: OrderingDependencies, draft: Draft, fields: Fields): Draft => {
  const wanted = fields.find(([name]) => name === 'destination')?.[1];
  const destination = DESTINATION_KINDS.find((kind) => kind === wanted) ?? draft.destination;
  const others = fields.filter(([name]) => name !== 'destination');
  const key = Buffer.from(dependencies.randomBytes(16)).toString('hex');
  return { ...mergeFields(draft, others), destination, key };
};

/** Puts a parked form into the draft of whoever has signed in since. */
export const unparkForm = async (dependencies: OrderingDependencies, c: AppContext): Promise<void> => {
  const session = currentSession(c);
  const parked = dependencies.cookies.get(c, COOKIE);
  if (session === null || parked === undefined) return;
  const fields = unpack(parked);
  await changeDraft(dependencies.db, session.accountId, dependencies.clock.now(), (draft) =>
    withFields(dependencies, draft, fields),
  );
  dependencies.cookies.clear(c, COOKIE);
};
