import { randomUUID } from 'node:crypto';
import type { Contact } from '#domain/university/contact.ts';
import type { Session } from '#features/sign-in/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Random } from '#platform/crypto/token.ts';
import { createCode, createToken, hashCode, hashToken } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { isLanguage } from '#platform/i18n/language.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import { insertRequest, latestRequest, lockAddress, voidOpenRequests } from './mail-address-store.ts';
import { changeRequestedLetter, confirmationLetter } from './mails/letters.ts';
import { confirmPath } from './paths.ts';
import { countRequest } from './rate-limits.ts';

export type MailAddressDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  /** Random bytes: `randomBytes` of node:crypto. */
  readonly random: Random;
  /** The public origin, without a slash at its end. */
  readonly baseUrl: string;
  readonly contacts: readonly Contact[];
  /** Whether the relay carries addresses with letters beyond ASCII before the @. */
  readonly offersSmtpUtf8: () => Promise<boolean>;
};

export const CONFIRMATION_MAIL = 'mail-address-confirmation';
export const LIFETIME = { minutes: 30 };

export type RequestResult =
  | { readonly kind: 'sent'; readonly requestId: string; readonly expiresAt: Temporal.Instant }
  | { readonly kind: 'limited'; readonly until: Temporal.Instant };

/** Asks for an address: the older request is void, the new one has a link and a code, the address in force stays. */
export const requestAddress = (
  dependencies: MailAddressDependencies,
  session: Pick<Session, 'id' | 'accountId' | 'language'>,
  address: string,
): Promise<RequestResult> =>
  transaction(dependencies.db, async (tx) => {
    const { clock, random, contacts, baseUrl } = dependencies;
    const now = clock.now();
    const { accountId } = session;
    const replaces = await lockAddress(tx, accountId);
    const until = await countRequest(tx, { accountId, address, now });
    if (until !== null) return { kind: 'limited', until };
    await voidOpenRequests(tx, accountId, { at: now, by: 'newer' });
    const purpose = replaces === null ? 'register' : 'change';
    const id = randomUUID();
    const token = createToken(random);
    const code = createCode(random);
    const expiresAt = now.add(LIFETIME);
    await insertRequest(tx, {
      id,
      accountId,
      sessionId: session.id,
      purpose,
      address,
      replaces,
      requestedAt: now,
      expiresAt,
      tokenHash: hashToken(token),
      codeHash: hashCode(id, code),
    });
    const style = { contacts, first: isLanguage(session.language) ? session.language : 'ja' };
    const url = `${baseUrl}${confirmPath(token)}`;
    const letter = confirmationLetter(style, { purpose, url, code, expiresAt });
    await queueMail(tx, clock, { ...letter, to: address, kind: CONFIRMATION_MAIL, reference: id });
    if (replaces !== null) {
      const kind = 'mail-address-change-requested';
      await queueMail(tx, clock, { ...changeRequestedLetter(style), to: replaces, kind, reference: id });
    }
    const subject = `account:${accountId}`;
    await recordEvent(tx, {
      at: now,
      type: 'mail-address.requested',
      subject,
      actor: subject,
      data: { requestId: id, purpose },
      personal: { before: replaces, after: address },
    });
    return { kind: 'sent', requestId: id, expiresAt };
  });

const JUST_SECONDS = 60;

/**
 * Whether an open request for this very address is less than a minute old: a form that is sent twice, or once more because
 * the answer was lost, has reached what it was sent for. The mail is on its way, and no other follows.
 */
export const wasJustAsked = async (
  { db, clock }: MailAddressDependencies,
  accountId: string,
  address: string,
): Promise<boolean> => {
  const latest = await latestRequest(db, accountId);
  if (latest === null || latest.address !== address || latest.usedAt !== null || latest.voidedAt !== null)
    return false;
  return clock.now().since(latest.requestedAt).total('seconds') < JUST_SECONDS;
};
