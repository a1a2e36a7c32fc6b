import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { createToken } from './session-store.ts';
import { saveTransaction } from './transaction-store.ts';

/** What the campus identity provider says of somebody, all of it from verified bytes. */
export type CampusIdentity = {
  readonly identityProvider: string;
  readonly assertionId: string;
  readonly expiresAt: Temporal.Instant;
  readonly principalName: string;
  readonly targetedId: string | null;
  readonly studentNumbers: readonly string[];
  readonly displayNameJa: string | null;
  readonly displayNameEn: string | null;
};

/** The service provider's side of SAML, as this feature needs it. */
export type ServiceProvider = {
  metadata: () => string;
  /** A signed request, as the URL to send the browser to. */
  request: (options: {
    forceAuthn: boolean;
  }) => Promise<{ url: string; requestId: string; identityProvider: string }>;
  /** Reads a response strictly; throws `sign-in-failed` with the refusal as detail. */
  read: (input: {
    response: string;
    requestId: string;
    identityProvider: string;
    issuedAt: Temporal.Instant;
    forceAuthn: boolean;
    now: Temporal.Instant;
  }) => Promise<CampusIdentity>;
  close: () => Promise<void>;
};

/** Only paths of our own, so that a link cannot send a person elsewhere after signing in. */
export const safeReturn = (path: string | undefined): string =>
  path !== undefined && /^\/(?![/\\])[\w\-./?=&%]*$/.test(path) ? path : '/order/destination';

/** Notes what we ask the identity provider and for which browser; returns where to send it and its secret. */
export const beginSignIn = async (
  { db, clock, serviceProvider }: { db: Database; clock: Clock; serviceProvider: ServiceProvider },
  wish: { fresh: boolean; returnTo: string; language: string },
): Promise<{ url: string; token: string }> => {
  const { url, requestId, identityProvider } = await serviceProvider.request({ forceAuthn: wish.fresh });
  const token = createToken();
  await saveTransaction(db, token, {
    requestId,
    identityProvider,
    forceAuthn: wish.fresh,
    returnTo: wish.returnTo,
    language: wish.language,
    issuedAt: clock.now(),
  });
  return { url, token };
};
