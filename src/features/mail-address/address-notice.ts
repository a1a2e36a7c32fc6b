import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '#features/http.tsx';
import { textsFor } from '#features/http.tsx';
import { currentSession } from '#features/sign-in/index.ts';
import type { Clock } from '#platform/clock.ts';
import { maskAddress } from './address.ts';
import { bounceReason } from './note-bounce.ts';
import { askLaterPath, changeAddressPath } from './paths.ts';

export type AddressNoticeDependencies = {
  readonly clock: Clock;
  /** The university's own domain: addresses in it end with the studies. */
  readonly campusDomain: string;
  /** The last expected graduation of a person's enrolments in force, or null. */
  readonly expectedGraduation: (personId: string) => Promise<Temporal.PlainDate | null>;
};

const MONTHS_BEFORE = 6;

export const isCampusAddress = (address: string, campusDomain: string): boolean => {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return domain === campusDomain || domain.endsWith(`.${campusDomain}`);
};

/** From six months before the expected graduation on. */
export const isNearGraduation = (graduation: Temporal.PlainDate | null, today: Temporal.PlainDate): boolean =>
  graduation !== null &&
  Temporal.PlainDate.compare(today, graduation.subtract({ months: MONTHS_BEFORE })) >= 0;

/**
 * Tells somebody who has just signed in that mail to their address comes back (behaviour 25), or that a campus address
 * near graduation will soon be gone. Mount it on the pages where a sign-in lands.
 */
export const addressNotice =
  ({ clock, campusDomain, expectedGraduation }: AddressNoticeDependencies): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const session = currentSession(c);
    if (session === null || c.req.method !== 'GET') return next();
    const { mailAddress: address, mailBouncedAt, mailBounceStatus } = session;
    if (address === null) return next();
    const { notice: texts, bounceReasons: reasons } = textsFor(c).mailAddress;
    const link = { href: changeAddressPath(), label: texts.change };
    const show = (notice: { text: string; later?: { href: string; label: string } }): void =>
      c.set('frame', { ...c.get('frame'), notice: { ...notice, link } });
    if (mailBouncedAt !== null) {
      show({ text: `${texts.bounced(maskAddress(address))} ${reasons[bounceReason(mailBounceStatus)]}` });
      return next();
    }
    const now = clock.now();
    const askedUntil = session.privateAddressAskedUntil;
    const asked = askedUntil !== null && Temporal.Instant.compare(askedUntil, now) > 0;
    if (asked || !isCampusAddress(address, campusDomain)) return next();
    const today = now.toZonedDateTimeISO('Asia/Tokyo').toPlainDate();
    if (isNearGraduation(await expectedGraduation(session.personId), today)) {
      show({ text: texts.graduation, later: { href: askLaterPath(), label: texts.later } });
    }
    return next();
  };
