import { timingSafeEqual } from 'node:crypto';
import { recordEvent } from '#platform/audit/audit.ts';
import { createToken, hashCode, hashToken } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import type { AddressRequest } from './mail-address-store.ts';
import {
  languageOf,
  latestRequest,
  lockAddress,
  lockOpenCode,
  noteWrongCode,
  requestByToken,
  setAddress,
  useRequest,
  voidOpenRequests,
} from './mail-address-store.ts';
import { changedLetter } from './mails/letters.ts';
import { undoPath } from './paths.ts';
import type { MailAddressDependencies } from './request-address.ts';
import { insertUndo } from './undo-store.ts';

const UNDO_TIME = { hours: 72 };
const CODE_TRIES = 5;

type Closed = { readonly kind: 'used' | 'expired' | 'void'; readonly request: AddressRequest };
type Unknown = { readonly kind: 'unknown' };
export type LinkState = { readonly kind: 'open'; readonly request: AddressRequest } | Closed | Unknown;

const stateOf = (request: AddressRequest | null, now: Temporal.Instant): LinkState => {
  if (request === null) return { kind: 'unknown' };
  if (request.usedAt !== null) return { kind: 'used', request };
  if (request.voidedAt !== null) return { kind: 'void', request };
  return { kind: Temporal.Instant.compare(request.expiresAt, now) > 0 ? 'open' : 'expired', request };
};

/** What a link is good for now. Reads only: mail scanners open links. */
export const readLink = async ({ db, clock }: MailAddressDependencies, token: string): Promise<LinkState> =>
  stateOf(await requestByToken(db, hashToken(token)), clock.now());

export type Completion =
  | { readonly kind: 'done' | 'other'; readonly request: AddressRequest }
  | Closed
  | Unknown;

/** Uses a link. `accountId` is that of the browser's session, or null: another person's session stops it. */
export const confirmByLink = (
  dependencies: MailAddressDependencies,
  token: string,
  accountId: string | null,
): Promise<Completion> =>
  transaction(dependencies.db, async (tx) => {
    const now = dependencies.clock.now();
    const found = await requestByToken(tx, hashToken(token));
    if (found === null) return { kind: 'unknown' };
    if (accountId !== null && accountId !== found.accountId) return { kind: 'other', request: found };
    await lockAddress(tx, found.accountId);
    const completed = await complete(tx, dependencies, found.id);
    if (completed !== null) return { kind: 'done', request: completed };
    const state = stateOf(await requestByToken(tx, hashToken(token)), now);
    // Open, but the address it replaces or the session that asked is gone: it will never work again.
    if (state.kind === 'open') {
      const voided = await voidOpenRequests(tx, found.accountId, { at: now, by: 'lost-binding' });
      return { kind: 'void', request: voided ?? state.request };
    }
    return state;
  });

export type CodeResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'wrong'; readonly left: number }
  | { readonly kind: 'closed' };

/** Checks the six digits typed on the waiting page; the fifth wrong try voids the request. */
export const confirmByCode = (
  dependencies: MailAddressDependencies,
  accountId: string,
  typed: string,
): Promise<CodeResult> =>
  transaction(dependencies.db, async (tx) => {
    await lockAddress(tx, accountId);
    const open = await lockOpenCode(tx, accountId);
    if (open === undefined) {
      const latest = await latestRequest(tx, accountId);
      return latest !== null && latest.usedAt !== null ? { kind: 'done' } : { kind: 'closed' };
    }
    const code = typed.normalize('NFKC').replace(/\D/g, '');
    if (!timingSafeEqual(open.code_hash, hashCode(open.id, code))) {
      const tries = open.code_tries + 1;
      const left = CODE_TRIES - tries;
      const now = dependencies.clock.now();
      await noteWrongCode(tx, open.id, tries, left === 0 ? now : null);
      const subject = `account:${accountId}`;
      const data = { requestId: open.id, left };
      await recordEvent(tx, { at: now, type: 'mail-address.code-wrong', subject, actor: subject, data });
      return { kind: 'wrong', left };
    }
    return (await complete(tx, dependencies, open.id)) === null ? { kind: 'closed' } : { kind: 'done' };
  });

const complete = async (
  tx: Database,
  dependencies: MailAddressDependencies,
  requestId: string,
): Promise<AddressRequest | null> => {
  const now = dependencies.clock.now();
  const request = await useRequest(tx, requestId, now);
  if (request === null) return null;
  await setAddress(tx, request.accountId, request.address, now);
  const { replaces: before, address: after } = request;
  const undoUntil = before === null ? null : await offerUndo(tx, dependencies, request, before);
  const subject = `account:${request.accountId}`;
  await recordEvent(tx, {
    at: now,
    type: before === null ? 'mail-address.set' : 'mail-address.changed',
    subject,
    actor: subject,
    // Whoever reads the log of a delivery sees here whether the change could still have been undone then.
    data: { requestId, ...(undoUntil === null ? {} : { undoUntil: undoUntil.toString() }) },
    personal: { before, after },
  });
  return request;
};

const offerUndo = async (
  tx: Database,
  { clock, random, contacts, baseUrl }: MailAddressDependencies,
  request: AddressRequest,
  oldAddress: string,
): Promise<Temporal.Instant> => {
  const token = createToken(random);
  const expiresAt = clock.now().add(UNDO_TIME);
  await insertUndo(tx, {
    requestId: request.id,
    accountId: request.accountId,
    oldAddress,
    newAddress: request.address,
    tokenHash: hashToken(token),
    expiresAt,
  });
  const letter = changedLetter(
    { contacts, first: await languageOf(tx, request.accountId) },
    { url: `${baseUrl}${undoPath(token)}`, expiresAt },
  );
  await queueMail(tx, clock, {
    ...letter,
    to: oldAddress,
    kind: 'mail-address-changed',
    reference: request.id,
  });
  return expiresAt;
};
