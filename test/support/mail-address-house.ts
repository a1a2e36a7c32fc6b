import { randomBytes } from 'node:crypto';
import type { Routes } from '#features/http.tsx';
import { readAddressHealth } from '#features/mail-address/address-health-store.ts';
import { addressNotice } from '#features/mail-address/address-notice.ts';
import { requireVerifiedAddress } from '#features/mail-address/require-verified-address.ts';
import { createMailAddressRoutes } from '#features/mail-address/routes.tsx';
import type { Session } from '#features/sign-in/index.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openCookieJar } from '#platform/web/cookies.ts';
import { securityHeaders } from '#platform/web/security-headers.ts';
import { dressedApp } from './dressed-app.ts';

export const BASE = 'http://localhost:3000';
const START = '2026-11-24T01:00:00Z';

export const addAccount = async (db: Database, name: string, address: string | null): Promise<Session> => {
  const now = Temporal.Instant.from(START);
  const account = await db
    .insertInto('account')
    .values({
      identity_provider: 'idp',
      principal_name: name,
      mail_address: address,
      mail_verified_at: address === null ? null : now,
      created_at: now,
      last_sign_in_at: now,
      language: 'en',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return addSession(db, name, account.id, address);
};

/** A further sign-in of an account, as on another device. */
export const addSession = async (
  db: Database,
  name: string,
  accountId: string,
  address: string | null,
): Promise<Session> => {
  const now = Temporal.Instant.from(START);
  const personId = '00000000-0000-4000-8000-000000000001';
  const session = await db
    .insertInto('session')
    .values({
      token_hash: randomBytes(32),
      account_id: accountId,
      person_id: personId,
      created_at: now,
      seen_at: now,
      signed_in_at: now,
      expires_at: now.add({ hours: 8 }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const nothing = { displayNameJa: null, displayNameEn: null, studentNumbers: [], language: 'en' };
  const healthy = { mailBouncedAt: null, mailBounceStatus: null, privateAddressAskedUntil: null };
  const who = { id: session.id, accountId, personId, principalName: name };
  return {
    ...nothing,
    ...healthy,
    ...who,
    mailAddress: address,
    termsVersion: null,
    signedInAt: now,
    strong: false,
  };
};

export type Options = { smtpUtf8: boolean; graduation: Temporal.PlainDate | null };

const setUp = (db: Database) => {
  const clock = manualClock(START);
  const waits: number[] = [];
  const options: Options = { smtpUtf8: false, graduation: null };
  const dependencies = {
    db,
    clock,
    random: randomBytes,
    baseUrl: BASE,
    contacts: [],
    campusNetworks: ['192.0.2.0/24'],
    offersSmtpUtf8: () => Promise.resolve(options.smtpUtf8),
    cookies: openCookieJar(BASE),
    wait: async (milliseconds: number) => void waits.push(milliseconds),
  };
  const createApp = (session: Session | null): Routes => {
    const app = dressedApp('en', async () => {
      if (session === null) return null;
      const { bouncedAt, bounceStatus, askedUntil } = await readAddressHealth(db, session.accountId);
      const health = { mailBouncedAt: bouncedAt, mailBounceStatus: bounceStatus };
      return { ...session, ...health, privateAddressAskedUntil: askedUntil };
    });
    app.use(securityHeaders(BASE));
    app.use(requireVerifiedAddress);
    const expectedGraduation = () => Promise.resolve(options.graduation);
    app.use('/orders', addressNotice({ clock, campusDomain: 'akatsuki.example', expectedGraduation }));
    app.get('/orders', (c) => c.text(c.get('frame').notice?.text ?? 'orders'));
    app.route('/', routes);
    return app;
  };
  const routes = createMailAddressRoutes(dependencies);
  /** A browser in which `who` is signed in, or nobody. */
  const as = (who: Session | null, from = '203.0.113.5') => {
    const app = createApp(who);
    const headers = { 'x-forwarded-for': from };
    return {
      get: (path: string, method = 'GET') => app.request(path, { method, headers }),
      post: (path: string, fields: Record<string, string> = {}) =>
        app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
    };
  };
  const newestMail = async (to: string) => {
    const mail = await db
      .selectFrom('mail_outbox')
      .select(['id', 'text_body', 'subject'])
      .where('recipient', '=', to)
      .orderBy('queued_at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const path = /\/mail-address\/(confirm|undo)\/[\w-]+/.exec(mail.text_body)?.[0] ?? '';
    const code = /Code: (\d{6})/.exec(mail.text_body)?.[1] ?? '';
    return { id: mail.id, path, token: path.split('/').at(-1) ?? '', text: mail.text_body, code };
  };
  const addressOf = async (who: Session) => {
    const account = db.selectFrom('account').select('mail_address').where('id', '=', who.accountId);
    return (await account.executeTakeFirstOrThrow()).mail_address;
  };
  const events = async () =>
    (await db.selectFrom('audit_event').select('type').orderBy('id').execute()).map(({ type }) => type);
  return { clock, dependencies, options, waits, as, newestMail, addressOf, events };
};

export const wrongCode = (code: string): string => (code === '000000' ? '000001' : '000000');
export const twice = (address: string): Record<string, string> => ({ address, check: address });

export type House = ReturnType<typeof setUp> & { db: Database; student: Session };

/** A real database, the routes, a clock that stands still, and a student whose address is `address`. */
export const houseOn =
  (withDatabase: (work: (database: { readonly db: Database }) => Promise<void>) => Promise<void>) =>
  (work: (house: House) => Promise<void>, address: string | null = null): Promise<void> =>
    withDatabase(async ({ db }) =>
      work({ ...setUp(db), db, student: await addAccount(db, 'student@akatsuki.example', address) }),
    );
