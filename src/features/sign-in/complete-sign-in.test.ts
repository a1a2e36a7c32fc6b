import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import type { CampusIdentity, ServiceProvider, SignInWish } from './begin-sign-in.ts';
import { beginSignIn, safeReturn } from './begin-sign-in.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { releaseName } from './release-name.ts';
import { endSession, readSession } from './session-store.ts';

const START = '2026-11-24T01:00:00Z';
const PERSON = '00000000-0000-4000-8000-000000000001';

const identity: CampusIdentity = {
  identityProvider: 'https://idp.example/idp',
  assertionId: '_assertion-1',
  expiresAt: Temporal.Instant.from('2026-11-24T01:05:00Z'),
  principalName: 'a0123456@akatsuki.example',
  targetedId: 'targeted-1',
  studentNumbers: ['0500123456'],
  displayNameJa: '暁 花子',
  displayNameEn: 'Hanako Akatsuki',
  authnInstant: Temporal.Instant.from('2026-11-24T00:59:00Z'),
  authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
};

const providerOf = (answer: CampusIdentity): ServiceProvider => {
  let count = 0;
  return {
    metadata: () => '',
    choices: [{ entityId: answer.identityProvider, displayName: { ja: '', en: '' } }],
    discovery: null,
    request: async () => {
      count += 1;
      return {
        url: 'https://idp.example/sso',
        requestId: `_request-${count}`,
      };
    },
    read: async () => answer,
    close: async () => {},
  };
};

const setUp = (db: Database, answer: CampusIdentity = identity, personId = PERSON) => {
  const clock = manualClock(START);
  const dependencies = {
    db,
    clock,
    serviceProvider: providerOf(answer),
    findPerson: async () => ({ personId }),
    officeMail: 'office@akatsuki.example',
  };
  const wish: SignInWish = {
    identityProvider: answer.identityProvider,
    fresh: false,
    strong: false,
    session: null,
    returnTo: '/orders',
    language: 'ja',
  };
  const complete = (token: string | undefined) =>
    completeSignIn(dependencies, { response: 'signed', token, userAgent: 'test', previous: null });
  const begin = (change: Partial<SignInWish> = {}) => beginSignIn(dependencies, { ...wish, ...change });
  return { clock, begin, complete, dependencies };
};

const lineOf = async (db: Database, id: string): Promise<string | null> =>
  (await db.selectFrom('session').select('line_id').where('id', '=', id).executeTakeFirstOrThrow()).line_id;

test('a response opens one session, and the same browser transaction opens no second one', () =>
  withDatabase(async ({ db }) => {
    const { begin, complete, clock } = setUp(db);
    const { token } = await begin();
    const signedIn = await complete(token);
    assert.equal(signedIn.returnTo, '/orders');
    const session = await readSession(db, signedIn.token, clock.now());
    assert.equal(session?.personId, PERSON);
    assert.deepEqual(session.studentNumbers, ['0500123456']);
    await assert.rejects(complete(token), { code: 'sign-in-expired' });
  }));

test('an assertion seen before opens nothing, even in another transaction', () =>
  withDatabase(async ({ db }) => {
    const { begin, complete } = setUp(db);
    await complete((await begin()).token);
    const second = await begin();
    await assert.rejects(complete(second.token), { code: 'sign-in-expired' });
  }));

test('of concurrent posts of one response exactly one opens a session', () =>
  withDatabase(async ({ db }) => {
    const { begin, complete } = setUp(db);
    const { token } = await begin();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => complete(token)));
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
  }));

const eventsOf = async (db: Database): Promise<string[]> =>
  (await db.selectFrom('audit_event').select('type').orderBy('id').execute()).map(({ type }) => type);

test('a name given to another person opens nothing, is in the audit trail, and the office is told once', () =>
  withDatabase(async ({ db }) => {
    const first = setUp(db);
    await first.complete((await first.begin()).token);
    for (const assertionId of ['_assertion-2', '_assertion-3']) {
      const later = setUp(db, { ...identity, assertionId, targetedId: 'targeted-2' });
      await assert.rejects(later.complete((await later.begin()).token), { code: 'name-reassigned' });
    }
    assert.deepEqual(await eventsOf(db), [
      'session.opened',
      'account.name-reassigned',
      'account.name-reassigned',
    ]);
    const mails = await db.selectFrom('mail_outbox').select('recipient').execute();
    assert.deepEqual(mails, [{ recipient: 'office@akatsuki.example' }]);
    const sessions = await db.selectFrom('session').select('id').execute();
    assert.equal(sessions.length, 1);
  }));

test('the office gives a reassigned name to its new owner, and the former account keeps what it had', () =>
  withDatabase(async ({ db }) => {
    const first = setUp(db);
    const { token } = await first.complete((await first.begin()).token);
    const { identityProvider, principalName } = identity;
    const decision = { identityProvider, principalName, by: 'office', reason: 'left in 2020' };
    assert.equal(await releaseName(first.dependencies, decision), true);
    assert.equal(await readSession(db, token, first.clock.now()), null);
    const other = '00000000-0000-4000-8000-000000000002';
    const later = setUp(db, { ...identity, assertionId: '_assertion-2', targetedId: 'targeted-2' }, other);
    const opened = await later.complete((await later.begin()).token);
    assert.equal((await readSession(db, opened.token, later.clock.now()))?.personId, other);
    assert.equal((await db.selectFrom('account').select('id').execute()).length, 2);
    assert.equal(await releaseName(first.dependencies, { ...decision, principalName: 'nobody' }), false);
  }));

test('without a targeted id the register says that a name has another owner now', () =>
  withDatabase(async ({ db }) => {
    const first = setUp(db, { ...identity, targetedId: null });
    await first.complete((await first.begin()).token);
    const other = '00000000-0000-4000-8000-000000000002';
    const later = setUp(db, { ...identity, targetedId: null, assertionId: '_assertion-2' }, other);
    await assert.rejects(later.complete((await later.begin()).token), { code: 'name-reassigned' });
  }));

test('a campus may change from eduPersonTargetedID to pairwise-id', () =>
  withDatabase(async ({ db }) => {
    const first = setUp(db);
    await first.complete((await first.begin()).token);
    const changed = {
      ...identity,
      assertionId: '_assertion-2',
      targetedId: 'pairwise-id:x@akatsuki.example',
    };
    const later = setUp(db, changed);
    assert.ok(await later.complete((await later.begin()).token));
  }));

test('a step-up that comes back as somebody else changes nothing', () =>
  withDatabase(async ({ db }) => {
    const first = setUp(db);
    const { token } = await first.complete((await first.begin()).token);
    const mine = await readSession(db, token, first.clock.now());
    const somebody = { ...identity, assertionId: '_assertion-2', principalName: 'b@akatsuki.example' };
    const other = setUp(db, somebody);
    const begun = await other.begin({ fresh: true, session: mine });
    await assert.rejects(other.complete(begun.token), { code: 'another-person' });
    assert.ok(await readSession(db, token, first.clock.now()));
    assert.equal((await db.selectFrom('account').select('id').execute()).length, 1);
  }));

test('a step-up opens a session of a new id, fresh and strong, and ends the old one, whose line it continues', () =>
  withDatabase(async ({ db }) => {
    const first = setUp(db);
    const { token } = await first.complete((await first.begin()).token);
    const before = await readSession(db, token, first.clock.now());
    assert.equal(before?.strong, false);
    assert.equal(before.signedInAt.toString(), '2026-11-24T00:59:00Z');
    const authnInstant = Temporal.Instant.from('2026-11-24T01:20:00Z');
    const context = 'https://refeds.org/profile/mfa';
    const again = setUp(db, {
      ...identity,
      assertionId: '_assertion-2',
      authnInstant,
      authnContext: context,
    });
    again.clock.advance({ minutes: 20 });
    const begun = await again.begin({ fresh: true, strong: true, session: before });
    // A campus answers from another site, so the session's cookie stays at home.
    const posted = { response: 'signed', token: begun.token, userAgent: 'test', previous: null };
    const stepped = await completeSignIn(again.dependencies, posted);
    assert.notEqual(stepped.token, token);
    assert.equal(await readSession(db, token, again.clock.now()), null);
    const after = await readSession(db, stepped.token, again.clock.now());
    assert.equal(after?.strong, true);
    assert.equal(after.signedInAt.toString(), authnInstant.toString());
    assert.equal(await lineOf(db, after.id), before.id);
  }));

test('a session that was signed out during the step-up is not continued', () =>
  withDatabase(async ({ db }) => {
    const { begin, complete, clock } = setUp(db);
    const before = await readSession(db, (await complete((await begin()).token)).token, clock.now());
    assert.ok(before);
    const again = setUp(db, { ...identity, assertionId: '_assertion-2' });
    const begun = await again.begin({ fresh: true, session: before });
    await endSession(db, before.id, clock.now());
    const after = await readSession(db, (await again.complete(begun.token)).token, clock.now());
    assert.equal(await lineOf(db, after?.id ?? ''), null);
  }));

test('a session ends after 30 idle minutes', () =>
  withDatabase(async ({ db }) => {
    const { begin, complete, clock } = setUp(db);
    const { token } = await complete((await begin()).token);
    clock.advance({ minutes: 29 });
    assert.ok(await readSession(db, token, clock.now()));
    clock.advance({ minutes: 31 });
    assert.equal(await readSession(db, token, clock.now()), null);
  }));

test('a session in use ends after 8 hours', () =>
  withDatabase(async ({ db }) => {
    const { begin, complete, clock } = setUp(db);
    const { token } = await complete((await begin()).token);
    for (let minutes = 20; minutes < 480; minutes += 20) {
      clock.advance({ minutes: 20 });
      assert.ok(await readSession(db, token, clock.now()), `${minutes} minutes`);
    }
    clock.advance({ minutes: 20 });
    assert.equal(await readSession(db, token, clock.now()), null);
  }));

test('a return path stays on this site', () => {
  assert.equal(safeReturn('/orders/AK-1?x=1'), '/orders/AK-1?x=1');
  for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\nb', undefined]) {
    assert.equal(safeReturn(path), '/order/destination');
  }
});
