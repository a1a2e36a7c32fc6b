import { findPersonByPrincipal } from '#features/register/index.ts';
import { createSession } from '#features/sign-in/session-store.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { accountOf } from '#test/support/signed-in.ts';

export type Answer = {
  readonly status: number;
  readonly path: string;
  /** What a reader sees, as one line. */
  readonly text: string;
  readonly html: string;
  readonly headers: Headers;
};

export type Visitor = {
  readonly accountId: string;
  /** One answer in the browser's language, that of the account left alone. */
  readonly see: (
    path: string,
    language: 'ja' | 'en',
    fields?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  /** Follows redirects within the service. */
  readonly get: (path: string, language?: 'ja' | 'en') => Promise<Answer>;
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string>>,
    language?: 'ja' | 'en',
  ) => Promise<Answer>;
};

const textOf = (html: string): string =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html)
    .replace(/<(wbr|br)[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The sample register's third-year student, signed in, with or without a confirmed mail address. */
export const openVisitor = async (
  {
    db,
    url,
    clock,
    termsVersion,
  }: { db: Database; url: string; clock: Pick<Clock, 'now'>; termsVersion: string },
  address: string | null = 'misaki@example.jp',
): Promise<Visitor> => {
  const now = clock.now();
  const principal = 'a0123456@akatsuki.example';
  const found = await findPersonByPrincipal(db, { eppn: principal, studentNumbers: [] });
  if (found === null) throw new Error('the sample student is not in the register');
  const { personId } = found;
  const { id: accountId } = await db
    .insertInto('account')
    .values(accountOf({ principal, mailAddress: address, termsVersion, now }))
    .returning('id')
    .executeTakeFirstOrThrow();
  const session = { accountId, personId, userAgent: 'test', signedInAt: now, authnContext: '', now };
  const cookie = `akashi-session=${await createSession(db, session)}`;
  const ask = async (path: string, language: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { cookie, origin: url, 'accept-language': language };
    const answer = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' });
    const html = await answer.text();
    return { status: answer.status, path, html, text: textOf(html), headers: answer.headers };
  };
  const send = async (path: string, language: string, init: RequestInit = {}): Promise<Answer> => {
    // An account's own language counts, whatever its browser says.
    await db.updateTable('account').set({ language }).where('id', '=', accountId).execute();
    const answer = await ask(path, language, init);
    const location = answer.headers.get('location');
    return location === null ? answer : send(location, language);
  };
  return {
    accountId,
    see: (path, language, fields) =>
      ask(path, language, fields && { method: 'POST', body: new URLSearchParams(fields) }),
    get: (path, language = 'en') => send(path, language),
    post: (path, fields, language = 'en') =>
      send(path, language, { method: 'POST', body: new URLSearchParams(fields) }),
  };
};
