import { createSession } from '#features/sign-in/session-store.ts';
import { systemClock } from '#platform/clock.ts';
import { loadUniversity } from '#src/config.ts';
import { CONFIGURATION, withService } from './service.ts';

const CLIENTS = 16;

export type Registrations = { readonly sent: number; readonly mails: number; readonly seconds: number };

/** How many of `count` students, all at one network address, get their first confirmation mail when they ask at once. */
export const registerFromOneAddress = async (count: number): Promise<Registrations> => {
  const { legal } = await loadUniversity(CONFIGURATION);
  const result = { sent: 0, mails: 0, seconds: 0 };
  await withService({ university: {} }, async ({ db, address, baseUrl }) => {
    const now = systemClock.now();
    const people = await db.selectFrom('person').select('id').execute();
    const cookies: string[] = [];
    for (let number = 0; number < count; number += 1) {
      const { id: accountId } = await db
        .insertInto('account')
        .values({
          identity_provider: 'https://idp.example',
          principal_name: `first${number}@akatsuki.example`,
          terms_version: legal.terms.version,
          terms_accepted_at: now,
          created_at: now,
          last_sign_in_at: now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const personId = people[number % people.length]?.id ?? '';
      const session = { accountId, personId, userAgent: 'test', signedInAt: now, authnContext: '', now };
      cookies.push(`akashi-session=${await createSession(db, session)}`);
    }
    const ask = async (cookie: string, number: number): Promise<void> => {
      const typed = `first${number}@example.jp`;
      const answer = await fetch(`${address}/mail-address`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, origin: baseUrl },
        body: new URLSearchParams({ address: typed, check: typed }),
      });
      await answer.arrayBuffer();
      if (answer.headers.get('location') === '/mail-address/waiting') result.sent += 1;
    };
    const waiting = [...cookies.entries()];
    const started = performance.now();
    const client = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await ask(next[1], next[0]);
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    result.seconds = (performance.now() - started) / 1000;
    result.mails = (await db.selectFrom('mail_outbox').select('id').execute()).length;
  });
  return result;
};
