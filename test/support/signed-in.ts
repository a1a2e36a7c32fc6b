import { findPersonByPrincipal } from '#features/register/index.ts';
import { createSession } from '#features/sign-in/session-store.ts';
import type { Clock } from '#platform/clock.ts';
import type { TestService } from './service.ts';

/** A page as a person without script has it. */
export type Page = { readonly status: number; readonly url: string; readonly html: string };

export type Visitor = {
  readonly accountId: string;
  readonly personId: string;
  /** Follows redirects within the service. */
  readonly get: (path: string) => Promise<Page>;
  readonly post: (path: string, fields: Readonly<Record<string, string>>) => Promise<Page>;
};

/** The account of somebody who has signed in and agreed to the terms; without an address, who has set none yet. */
export const accountOf = (of: {
  readonly principal: string;
  readonly mailAddress: string | null;
  readonly termsVersion: string;
  readonly now: Temporal.Instant;
}) => ({
  identity_provider: 'https://idp.example',
  principal_name: of.principal,
  mail_address: of.mailAddress,
  mail_verified_at: of.mailAddress === null ? null : of.now,
  terms_version: of.termsVersion,
  terms_accepted_at: of.now,
  created_at: of.now,
  last_sign_in_at: of.now,
});

/** Somebody of the sample register who has signed in, agreed to the terms and confirmed an address. */
export const signIn = async (
  { db, address, baseUrl }: Pick<TestService, 'db' | 'address' | 'baseUrl'>,
  { user, clock, termsVersion }: { user: string; clock: Clock; termsVersion: string },
): Promise<Visitor> => {
  const now = clock.now();
  const principal = `${user}@akatsuki.example`;
  const found = await findPersonByPrincipal(db, { eppn: principal, studentNumbers: [] });
  if (found === null) throw new Error(`${user} is not in the register`);
  const { personId } = found;
  const account = await db
    .insertInto('account')
    .values(accountOf({ principal, mailAddress: `${user}@example.jp`, termsVersion, now }))
    .returning('id')
    .executeTakeFirstOrThrow();
  const session = {
    accountId: account.id,
    personId,
    userAgent: 'test',
    signedInAt: now,
    authnContext: '',
    now,
  };
  const cookie = `akashi-session=${await createSession(db, session)}`;
  const send = async (path: string, init: RequestInit = {}): Promise<Page> => {
    const headers = { cookie, origin: baseUrl, 'accept-language': 'en' };
    const answer = await fetch(new URL(path, address), { ...init, headers, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location !== null) {
      await answer.arrayBuffer();
      return send(location);
    }
    return { status: answer.status, url: new URL(path, address).pathname, html: await answer.text() };
  };
  return {
    accountId: account.id,
    personId,
    get: (path) => send(path),
    post: (path, fields) => send(path, { method: 'POST', body: new URLSearchParams(fields) }),
  };
};
