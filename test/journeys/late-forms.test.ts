import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { loadUniversity } from '#src/config.ts';
import { insertOrder } from '#test/support/payment.ts';
import { cookiesOf, createCampus, STUDENT } from '#test/support/saml-campus.ts';
import type { TestService } from '#test/support/service.ts';
import { CONFIGURATION, withService } from '#test/support/service.ts';
import { OTHER_STUDENT, signInAt } from '#test/support/sign-in.ts';

type LateForm = {
  /** Readies whoever has signed in for the form; the answer is where it stands. */
  readonly ready: (service: TestService) => Promise<string>;
  readonly typed: Readonly<Record<string, string>>;
  /** How the page says what was typed. */
  readonly shown: readonly RegExp[];
  /** What somebody else is answered there. */
  readonly strangers: number;
};

const confirmAddresses = async ({ db }: TestService): Promise<void> => {
  await sql`update account set mail_address = id || '@example.jp', mail_verified_at = now()`.execute(db);
};

/** A paid order of whoever signed in first. */
const addPaidOrder = async (service: TestService): Promise<{ orderId: string; orderNumber: string }> => {
  const { db } = service;
  await confirmAddresses(service);
  const first = db.selectFrom('account').select('id').orderBy('created_at');
  const { id } = await first.executeTakeFirstOrThrow();
  const orderId = await insertOrder(db, id);
  await sql`update certificate_order set state = 'paid', paid_at = now() where id = ${orderId}`.execute(db);
  const snapshot = JSON.stringify({ person: { nameJa: '佐藤 美咲' }, academicRecord: null });
  await sql`update order_line set snapshot = ${snapshot} where order_id = ${orderId}`.execute(db);
  return { orderId, orderNumber: orderId.slice(0, 13) };
};

const FORMS: Readonly<Record<string, LateForm>> = {
  'the first mail address': {
    ready: async () => '/mail-address',
    typed: { address: 'misaki@example.jp', check: 'misaki@example' },
    shown: [/name="address"[^>]*value="misaki@example\.jp"/, /name="check"[^>]*value="misaki@example"/],
    strangers: 200,
  },
  'a request for correction': {
    ready: async (service) => {
      await confirmAddresses(service);
      return '/correction';
    },
    typed: { matter: 'romanised-name', details: '佐藤 is SATOU,\r\nnot SATO.' },
    shown: [/value="romanised-name"[^>]*checked/, />佐藤 is SATOU,\nnot SATO\.</],
    strangers: 200,
  },
  'the name on a receipt': {
    ready: async (service) => `/orders/${(await addPaidOrder(service)).orderNumber}/receipt`,
    typed: { addressee: '株式会社あかし' },
    shown: [/name="addressee"[^>]*value="株式会社あかし"/],
    strangers: 404,
  },
  'the corrected address of a recipient': {
    ready: async (service) => {
      const { orderId, orderNumber } = await addPaidOrder(service);
      await sql`insert into delivery (order_id, position, organisation, department, person, mail, reference, language,
        asks_code, sent_at, link_until) values (${orderId}, 1, 'Akashi Inc.', '', '', 'hr@example.jp', '', 'en', false,
        now(), now() + interval '1 month')`.execute(service.db);
      return `/orders/${orderNumber}/delivery/1/resend`;
    },
    typed: { mail: 'jinji@example.jp', again: 'jinji@example' },
    shown: [/name="mail"[^>]*value="jinji@example\.jp"/, /name="again"[^>]*value="jinji@example"/],
    strangers: 404,
  },
};

test('a form posted after the session ended comes back to whoever typed it, once, and to nobody else', async (t) => {
  const campus = createCampus('idp');
  const { legal } = await loadUniversity(CONFIGURATION);
  await withService({ university: { identityProviders: [campus.configured] } }, async (service) => {
    const { address, baseUrl, db } = service;
    const signIn = async (attributes = STUDENT): Promise<string> => {
      const cookie = await signInAt(service, campus, attributes);
      await sql`update account set terms_version = ${legal.terms.version}`.execute(db);
      return cookie;
    };
    const visit = async (path: string, cookies: readonly string[], body?: URLSearchParams) => {
      const answer = await fetch(`${address}${path}`, {
        ...(body === undefined ? {} : { method: 'POST', body }),
        headers: { cookie: cookies.join('; '), origin: baseUrl, 'accept-language': 'en' },
        redirect: 'manual',
      });
      return { status: answer.status, page: await answer.text(), cookie: cookiesOf(answer) };
    };
    for (const [name, { ready, typed, shown, strangers }] of Object.entries(FORMS)) {
      await t.test(name, async () => {
        const first = await signIn();
        const path = await ready(service);
        const { page } = await visit(path, [first]);
        const [, account = ''] = /name="account" value="([^"]+)"/.exec(page) ?? [];
        await sql`update session set ended_at = now()`.execute(db);

        const late = await visit(path, [first], new URLSearchParams({ account, ...typed }));
        assert.equal(late.status, 401);
        assert.ok(late.page.includes(`href="/sign-in?return=${encodeURIComponent(path)}"`));
        // Whoever reads the cookie itself reads nothing.
        assert.match(late.cookie, /^akashi-kept-form=[\w-]+$/);

        const theirs = await visit(path, [await signIn(OTHER_STUDENT), late.cookie]);
        assert.equal(theirs.status, strangers);
        for (const text of shown) assert.doesNotMatch(theirs.page, text);

        const again = await signIn();
        const own = await visit(path, [again, late.cookie]);
        assert.equal(own.status, 200);
        for (const text of shown) assert.match(own.page, text);
        const later = await visit(path, [again, own.cookie]);
        for (const text of shown) assert.doesNotMatch(later.page, text);
      });
    }
  });
});
