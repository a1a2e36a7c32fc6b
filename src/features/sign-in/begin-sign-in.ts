import { randomBytes } from 'node:crypto';
import type { Bilingual } from '#domain/bilingual.ts';
import type { Clock } from '#platform/clock.ts';
import { createToken } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';
import type { Session } from './session-store.ts';
import { STRONG_CONTEXTS } from './strength.ts';
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
  /** When and how the provider says it authenticated the person. */
  readonly authnInstant: Temporal.Instant;
  readonly authnContext: string;
};

/** A provider that a person may choose. */
export type ProviderChoice = {
  readonly entityId: string;
  readonly displayName: Bilingual;
};

/** The service provider's side of SAML, as this feature needs it. */
export type ServiceProvider = {
  metadata: () => string;
  /** The configured providers, at least one. */
  readonly choices: readonly ProviderChoice[];
  /** Where a federation's discovery service lets people choose among them; null: on our own page. */
  readonly discovery: ((returnTo: string) => string) | null;
  /** A signed request to a configured provider, as the URL to send the browser to. */
  request: (options: {
    identityProvider: string;
    forceAuthn: boolean;
    authnContexts: readonly string[];
  }) => Promise<{ url: string; requestId: string }>;
  /** Reads a response strictly; throws the code of its family with the refusal as detail. */
  read: (input: {
    response: string;
    requestId: string;
    identityProvider: string;
    issuedAt: Temporal.Instant;
    forceAuthn: boolean;
    authnContexts: readonly string[];
    now: Temporal.Instant;
  }) => Promise<CampusIdentity>;
  close: () => Promise<void>;
};

/** Only paths of our own, so that a link cannot send a person elsewhere after signing in. */
export const safeReturn = (path: string | undefined): string =>
  path !== undefined && /^\/(?![/\\])[\w\-./?=&%]*$/.test(path) ? path : '/order/destination';

export type SignInWish = {
  readonly identityProvider: string;
  /** Ask the provider to authenticate anew, whatever session it keeps (ForceAuthn). */
  readonly fresh: boolean;
  /** Ask for a second factor. */
  readonly strong: boolean;
  /** The session whose account confirms itself; null for an ordinary sign-in. */
  readonly session: Pick<Session, 'id' | 'accountId'> | null;
  readonly returnTo: string;
  readonly language: string;
};

/** Notes what we ask the identity provider and for which browser; returns where to send it and its secret. */
export const beginSignIn = async (
  { db, clock, serviceProvider }: { db: Database; clock: Clock; serviceProvider: ServiceProvider },
  wish: SignInWish,
): Promise<{ url: string; token: string }> => {
  const { identityProvider, fresh: forceAuthn } = wish;
  const authnContexts = wish.strong ? STRONG_CONTEXTS : [];
  const { url, requestId } = await serviceProvider.request({ identityProvider, forceAuthn, authnContexts });
  const token = createToken(randomBytes);
  await saveTransaction(db, token, {
    requestId,
    identityProvider,
    forceAuthn,
    authnContexts,
    stepUpAccountId: wish.session?.accountId ?? null,
    sessionId: wish.session?.id ?? null,
    returnTo: wish.returnTo,
    language: wish.language,
    issuedAt: clock.now(),
  });
  return { url, token };
};
