import { timingSafeEqual } from 'node:crypto';
import { recordEvent } from '#platform/audit/audit.ts';
import { createCode, createToken, hashCode, hashToken } from '#platform/crypto/token.ts';
import { transaction } from '#platform/database/database.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import { countWrongCode, forgetCode, holdsGrant, lockCode, saveCode, saveGrant } from './code-store.ts';
import type { SentDelivery } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { codeLetter } from './mails/recipient-letters.ts';
import { noteOpening } from './open-delivery.ts';
import type { ClosedLink } from './read-link.ts';
import { lockLink } from './read-link.ts';

const CODE_LIFE = { minutes: 30 };
const GRANT_LIFE = { minutes: 60 };
export const MOST_TRIES = 5;
/** With five tries each, 25 of 10⁶ codes an hour, and only for somebody who has the link already. */
const MOST_CODES = 5;
const CODES_WITHIN = { hours: 1 };

export type AskedCode = ClosedLink | 'mailed' | 'too-many' | 'not-asked';

/** Mails a new code to the address the link was mailed to; an older one stops working. */
export const askCode = (dependencies: DeliveryDependencies, token: string): Promise<AskedCode> =>
  transaction(dependencies.db, async (tx) => {
    const { clock, random, contacts, universityName } = dependencies;
    const link = await lockLink(tx, dependencies, token);
    if (link.kind !== 'open') return link.kind;
    const { delivery } = link;
    if (!delivery.asksCode) return 'not-asked';
    const now = clock.now();
    const before = await lockCode(tx, delivery.id);
    const fresh = before.since === null || Temporal.Instant.compare(now, before.since.add(CODES_WITHIN)) >= 0;
    const sent = fresh ? 1 : before.sent + 1;
    if (sent > MOST_CODES) return 'too-many';
    const code = createCode(random);
    const until = now.add(CODE_LIFE);
    const since = fresh || before.since === null ? now : before.since;
    await saveCode(tx, delivery.id, { hash: hashCode(delivery.id, code), until, sent, since });
    const letter = codeLetter({ contacts, first: delivery.language }, { code, until, universityName });
    const mail = { to: delivery.mail, ...letter, kind: 'delivery-code', reference: delivery.id };
    await queueMail(tx, clock, mail);
    const data = { deliveryId: delivery.id };
    const subject = `order:${delivery.orderId}`;
    const actor = `recipient:${delivery.id}`;
    await recordEvent(tx, { at: now, type: 'delivery.code-mailed', subject, actor, data });
    return 'mailed';
  });

export type EnteredCode =
  | { readonly kind: ClosedLink | 'not-asked' | 'no-code' }
  | { readonly kind: 'wrong'; readonly left: number }
  /** `grant` goes into this browser's cookie: it shows later that the code was entered here. */
  | { readonly kind: 'right'; readonly grant: string };

/** Full-width digits and spaces between are what people type and paste. */
const readCode = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '');

/** Tries a code: the right one opens the sending, the fifth wrong one ends the code. */
export const enterCode = (
  dependencies: DeliveryDependencies,
  token: string,
  typed: string,
): Promise<EnteredCode> =>
  transaction(dependencies.db, async (tx): Promise<EnteredCode> => {
    const { clock, random } = dependencies;
    const link = await lockLink(tx, dependencies, token);
    if (link.kind !== 'open') return { kind: link.kind };
    const { delivery } = link;
    if (!delivery.asksCode) return { kind: 'not-asked' };
    const now = clock.now();
    const { hash, until, wrong } = await lockCode(tx, delivery.id);
    if (hash === null || until === null || Temporal.Instant.compare(now, until) > 0)
      return { kind: 'no-code' };
    if (timingSafeEqual(hash, hashCode(delivery.id, readCode(typed)))) {
      const grant = createToken(random);
      await forgetCode(tx, delivery.id);
      await saveGrant(tx, delivery.id, { hash: hashToken(grant), until: now.add(GRANT_LIFE) });
      await noteOpening(tx, delivery, now);
      return { kind: 'right', grant };
    }
    const left = MOST_TRIES - wrong - 1;
    if (left > 0) await countWrongCode(tx, delivery.id);
    else await forgetCode(tx, delivery.id);
    const data = { deliveryId: delivery.id, left };
    const subject = `order:${delivery.orderId}`;
    const actor = `recipient:${delivery.id}`;
    await recordEvent(tx, { at: now, type: 'delivery.code-refused', subject, actor, data });
    return { kind: 'wrong', left };
  });

/** Whether a browser may see the documents: it needs no code, or holds the grant of the newest one entered. */
export const maySee = async (
  { db, clock }: Pick<DeliveryDependencies, 'db' | 'clock'>,
  delivery: SentDelivery,
  grant: string | undefined,
): Promise<boolean> => {
  if (delivery.state === 'sent') return false;
  if (!delivery.asksCode) return true;
  return grant !== undefined && (await holdsGrant(db, delivery.id, hashToken(grant), clock.now()));
};
