import { createSession } from '#features/sign-in/session-store.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { accountOf } from '#test/support/signed-in.ts';
import { insist, insistOnAnswer } from './insist.ts';

export type Page = {
  readonly status: number;
  /** Where the answer itself sends one on, null for a page. */
  readonly location: string | null;
  readonly path: string;
  readonly html: string;
};

export type Person = {
  readonly accountId: string;
  readonly get: (path: string) => Promise<Page>;
  /** `answered` hears of the answer before any redirect is followed: from then on it was acknowledged. */
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string>>,
    answered?: (page: Page) => void,
  ) => Promise<Page>;
};

type Who = {
  readonly db: Database;
  readonly url: string;
  readonly personId: string;
  readonly termsVersion: string;
  /** Of the account; unique. */
  readonly name: string;
  readonly address: string | null;
};

/** Throws for what a person would see as a refusal: in a storm nobody does anything that may be refused. */
const requireWelcome = (page: Page): Page => {
  if (page.status < 400) return page;
  const heading = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(page.html)?.[1]?.replace(/<[^>]+>/g, '') ?? '';
  throw new Error(`${page.path} answered ${page.status}: ${heading}`);
};

/** Somebody who has signed in and agreed to the terms, and who sends a form again until it is answered. */
export const openPerson = async ({
  db,
  url,
  personId,
  termsVersion,
  name,
  address,
}: Who): Promise<Person> => {
  const now = systemClock.now();
  const account = accountOf({
    principal: `${name}@akatsuki.example`,
    mailAddress: address,
    termsVersion,
    now,
  });
  const accountId = await insist(async () => {
    // A commit whose answer was lost has made it already.
    const { id } = await db
      .insertInto('account')
      .values(account)
      .onConflict((one) =>
        one.columns(['identity_provider', 'principal_name']).doUpdateSet({ last_sign_in_at: now }),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
  const session = { accountId, personId, userAgent: 'storm', signedInAt: now, authnContext: '', now };
  const cookie = `akashi-session=${await insist(() => createSession(db, session))}`;
  const headers = { cookie, origin: url, 'accept-language': 'en' };
  const send = async (path: string, init: RequestInit = {}): Promise<Page> =>
    insist(async () => {
      const answer = await insistOnAnswer(() =>
        fetch(new URL(path, url), { ...init, headers, redirect: 'manual' }),
      );
      const html = await answer.text();
      return { status: answer.status, location: answer.headers.get('location'), path, html };
    });
  const follow = async (page: Page): Promise<Page> =>
    page.location === null ? requireWelcome(page) : follow(await send(page.location));
  return {
    accountId,
    get: async (path) => follow(await send(path)),
    post: async (path, fields, answered = () => {}) => {
      const page = await send(path, { method: 'POST', body: new URLSearchParams(fields) });
      answered(requireWelcome(page));
      return follow(page);
    },
  };
};
