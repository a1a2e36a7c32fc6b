import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Hono } from 'hono';
import type { AppEnv } from '#features/http.tsx';
import type { Session } from '#features/sign-in/index.ts';
import { messagesFor } from '#messages/messages.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import { confirmByCode, confirmByLink } from './confirm-address.ts';
import { hasOpenUndo } from './mail-address-store.ts';
import { requestAddress } from './request-address.ts';
import { requireVerifiedAddress } from './require-verified-address.ts';
import { createMailAddressRoutes } from './routes.tsx';

const BASE = 'http://localhost:3000';
const START = '2026-11-24T01:00:00Z';

const addAccount = async (db: Database, name: string, address: string | null): Promise<Session> => {
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
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const personId = '00000000-0000-4000-8000-000000000001';
  const session = await db
    .insertInto('session')
    .values({
      token_hash: randomBytes(32),
      account_id: account.id,
      person_id: personId,
      created_at: now,
      seen_at: now,
      signed_in_at: now,
      expires_at: now.add({ hours: 8 }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const nothing = { displayNameJa: null, displayNameEn: null, studentNumbers: [], language: 'en' };
  const who = { id: session.id, accountId: account.id, personId, principalName: name };
  return { ...nothing, ...who, mailAddress: address, signedInAt: now };
};

const setUp = (db: Database) => {
  const clock = manualClock(START);
  const dependencies = { db, clock, random: randomBytes, baseUrl: BASE, contacts: [] };
  let session: Session | null = null;
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    c.set('language', 'en');
    c.set('session', session);
    const texts = messagesFor('en');
    const empty = { scripts: new Map(), menu: [], footer: [], contact: null, stylesheet: '', path: '/' };
    c.set('frame', { ...empty, language: 'en', texts, universityName: 'Akatsuki' });
    await next();
  });
  app.use(requireVerifiedAddress);
  app.get('/orders', (c) => c.text('orders'));
  app.route('/', createMailAddressRoutes(dependencies));
  const as = (who: Session | null) => {
    session = who;
    const post = (path: string, fields: Record<string, string> = {}) =>
      app.request(path, { method: 'POST', body: new URLSearchParams(fields) });
    return { get: (path: string, method = 'GET') => app.request(path, { method }), post };
  };
  const newestMail = async (to: string) => {
    const mail = await db
      .selectFrom('mail_outbox')
      .select(['text_body', 'subject'])
      .where('recipient', '=', to)
      .orderBy('queued_at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const path = /\/mail-address\/(confirm|undo)\/[\w-]+/.exec(mail.text_body)?.[0] ?? '';
    return { path, token: path.split('/').at(-1) ?? '', text: mail.text_body, code: codeOf(mail.text_body) };
  };
  const addressOf = async (who: Session) =>
    (
      await db
        .selectFrom('account')
        .select('mail_address')
        .where('id', '=', who.accountId)
        .executeTakeFirstOrThrow()
    ).mail_address;
  return { clock, dependencies, as, newestMail, addressOf };
};

const codeOf = (text: string): string => /Code: (\d{6})/.exec(text)?.[1] ?? '';
const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');

const withHouse = (
  work: (house: ReturnType<typeof setUp> & { db: Database; student: Session }) => Promise<void>,
  address: string | null = null,
) =>
  withDatabase(async ({ db }) =>
    work({ ...setUp(db), db, student: await addAccount(db, 'student', address) }),
  );

test('behaviours 1, 3, 4, 22: opening never consumes, the button does on any device, and again it says done', () =>
  withHouse(async ({ as, newestMail, addressOf, student }) => {
    const answer = await as(student).post('/mail-address', {
      address: 'a@example.jp',
      check: 'a@example.jp',
    });
    assert.equal(answer.headers.get('location'), '/mail-address/waiting');
    const { path } = await newestMail('a@example.jp');
    for (const method of ['GET', 'HEAD', 'GET']) assert.equal((await as(null).get(path, method)).status, 200);
    assert.equal(await addressOf(student), null);
    const done = await as(null).post(path);
    assert.match(await done.text(), /Move to Login page/);
    assert.equal(done.headers.get('set-cookie'), null);
    assert.equal(await addressOf(student), 'a@example.jp');
    assert.match(await (await as(null).post(path)).text(), /Already done/);
    assert.match(await (await as(student).get('/mail-address/waiting')).text(), /Continue/);
  }));

test('behaviours 2, 7: the code works as well, and five wrong tries void it, even at once', () =>
  withHouse(async ({ dependencies, db, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { code, token } = await newestMail('a@example.jp');
    const tries = Array.from({ length: 8 }, () =>
      confirmByCode(dependencies, student.accountId, wrong(code)),
    );
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === 'wrong').length, 5);
    assert.equal((await confirmByCode(dependencies, student.accountId, code)).kind, 'closed');
    assert.equal((await confirmByLink(dependencies, token, null)).kind, 'void');
    const other = await addAccount(db, 'other', null);
    await requestAddress(dependencies, other, 'b@example.jp');
    const right = (await newestMail('b@example.jp')).code;
    assert.equal((await confirmByCode(dependencies, other.accountId, right)).kind, 'done');
    assert.equal(await addressOf(other), 'b@example.jp');
  }));

test('behaviour 5: only the SHA-256 of a 256-bit token is stored', () =>
  withHouse(async ({ dependencies, db, newestMail, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { token } = await newestMail('a@example.jp');
    assert.equal(Buffer.from(token, 'base64url').length, 32);
    const row = await db.selectFrom('mail_address_request').select('token_hash').executeTakeFirstOrThrow();
    assert.deepEqual(row.token_hash, createHash('sha256').update(token).digest());
  }));

test('behaviour 6: single use is atomic', () =>
  withHouse(async ({ dependencies, db, newestMail, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { token } = await newestMail('a@example.jp');
    const results = await Promise.all(
      Array.from({ length: 8 }, () => confirmByLink(dependencies, token, null)),
    );
    assert.equal(results.filter(({ kind }) => kind === 'done').length, 1);
    assert.equal(results.filter(({ kind }) => kind === 'used').length, 7);
    const events = await db.selectFrom('audit_event').select('type').execute();
    assert.deepEqual(
      events.map(({ type }) => type),
      ['mail-address.requested', 'mail-address.set'],
    );
  }));

test('behaviours 8, 22: the link works for 30 minutes, named by the clock, then says how to go on', () =>
  withHouse(async ({ dependencies, clock, as, newestMail, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { path, text } = await newestMail('a@example.jp');
    assert.match(text, /30 minutes \(until 10:30/);
    assert.match(await (await as(student).get('/mail-address/waiting')).text(), /10:30/);
    clock.advance({ minutes: 30 });
    const late = await as(null).post(path);
    assert.equal(late.status, 410);
    assert.match(await late.text(), /press Send again/);
  }));

test('behaviours 9, 10: a newer request voids the older link; 60 seconds apart, five an hour, ten a day', () =>
  withHouse(async ({ dependencies, clock, newestMail, student }) => {
    const ask = async (address: string) => (await requestAddress(dependencies, student, address)).kind;
    const race = await Promise.all(Array.from({ length: 6 }, () => ask('a@example.jp')));
    assert.equal(race.filter((kind) => kind === 'sent').length, 1);
    const first = await newestMail('a@example.jp');
    clock.advance({ seconds: 60 });
    assert.equal(await ask('b@example.jp'), 'sent');
    assert.equal((await confirmByLink(dependencies, first.token, null)).kind, 'void');
    for (let sent = 2; sent < 5; sent += 1) {
      clock.advance({ minutes: 2 });
      assert.equal(await ask('b@example.jp'), 'sent');
    }
    clock.advance({ minutes: 2 });
    assert.equal(await ask('c@example.jp'), 'limited');
    clock.advance({ hours: 1 });
    for (let sent = 5; sent < 10; sent += 1) {
      assert.equal(await ask(`${sent}@example.jp`), 'sent');
      clock.advance({ minutes: 13 });
    }
    assert.equal(await ask('d@example.jp'), 'limited');
  }));

test('behaviours 10, 17, 18: two accounts may share an address; the sixth request for one in an hour waits', () =>
  withHouse(async ({ dependencies, db, addressOf, newestMail, clock }) => {
    const accounts = await Promise.all(
      Array.from({ length: 6 }, (_, index) => addAccount(db, `s${index}`, null)),
    );
    const kinds: string[] = [];
    for (const account of accounts) {
      clock.advance({ seconds: 1 });
      const result = await requestAddress(dependencies, account, 'same@example.jp');
      kinds.push(result.kind);
      if (result.kind === 'sent')
        await confirmByLink(dependencies, (await newestMail('same@example.jp')).token, null);
    }
    assert.deepEqual(kinds, ['sent', 'sent', 'sent', 'sent', 'sent', 'limited']);
    for (const account of accounts.slice(0, 5)) assert.equal(await addressOf(account), 'same@example.jp');
  }));

test('behaviours 11, 15, 16: the old address stays, is told twice, and can bring itself back for 72 hours', () =>
  withHouse(async ({ clock, db, as, newestMail, addressOf, student }) => {
    const form = { address: 'new@example.jp', check: 'new@example.jp' };
    assert.equal((await as(student).post('/mail-address/change', form)).status, 303);
    assert.equal(await addressOf(student), 'old@example.jp');
    assert.match((await newestMail('old@example.jp')).text, /A change of your email address was requested/);
    clock.advance({ minutes: 1 });
    await as(null).post((await newestMail('new@example.jp')).path);
    assert.equal(await addressOf(student), 'new@example.jp');
    assert.equal(await hasOpenUndo(db, student.accountId, clock.now()), true);
    const { path } = await newestMail('old@example.jp');
    assert.match(path, /undo/);
    assert.equal((await as(null).get(path)).status, 200);
    assert.equal(await addressOf(student), 'new@example.jp');
    clock.advance({ hours: 71 });
    assert.equal((await as(null).post(path)).status, 200);
    assert.equal(await addressOf(student), 'old@example.jp');
    assert.equal((await as(null).post(path)).status, 410);
  }, 'old@example.jp'));

test('behaviour 12: a change is bound to the address it replaces', () =>
  withHouse(async ({ dependencies, db, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'new@example.jp');
    await db.updateTable('account').set({ mail_address: 'third@example.jp' }).execute();
    const { token } = await newestMail('new@example.jp');
    assert.equal((await confirmByLink(dependencies, token, null)).kind, 'void');
    assert.equal(await addressOf(student), 'third@example.jp');
  }, 'old@example.jp'));

test('behaviour 13: signing out the session that asked voids the change', () =>
  withHouse(async ({ dependencies, db, clock, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'new@example.jp');
    await db.updateTable('session').set({ ended_at: clock.now() }).execute();
    const { token } = await newestMail('new@example.jp');
    assert.equal((await confirmByLink(dependencies, token, null)).kind, 'void');
    assert.equal(await addressOf(student), 'old@example.jp');
  }, 'old@example.jp'));

test('behaviour 14: a change needs a sign-in of the last five minutes', () =>
  withHouse(async ({ as, clock, student }) => {
    assert.match(await (await as(student).get('/mail-address/change')).text(), /o•••@example.jp/);
    clock.advance({ minutes: 6 });
    const answer = await as(student).get('/mail-address/change');
    assert.equal(answer.headers.get('location'), '/sign-in?fresh=1&return=%2Fmail-address%2Fchange');
  }, 'old@example.jp'));

test('behaviour 19: opened while signed in as somebody else, it stops and explains', () =>
  withHouse(async ({ dependencies, db, as, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { path } = await newestMail('a@example.jp');
    const other = await addAccount(db, 'other', 'o@example.jp');
    assert.equal((await as(other).get(path)).status, 409);
    assert.equal((await as(other).post(path)).status, 409);
    assert.equal(await addressOf(student), null);
  }));

test('until an address is verified everything else leads to the setting; what was typed survives an error', () =>
  withHouse(async ({ as, student }) => {
    assert.equal((await as(student).get('/orders')).headers.get('location'), '/mail-address');
    const answer = await as(student).post('/mail-address', { address: 'a b@example.jp', check: 'x' });
    assert.equal(answer.status, 422);
    const page = await answer.text();
    assert.match(page, /value="a b@example.jp"/);
    assert.match(page, /href="#address"/);
    assert.match(page, /Be sure to read the Notes\./);
  }));
