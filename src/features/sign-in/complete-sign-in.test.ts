import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import type { CampusIdentity, ServiceProvider } from './begin-sign-in.ts';
import { beginSignIn, safeReturn } from './begin-sign-in.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { readSession } from './session-store.ts';

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
};

const providerOf = (answer: CampusIdentity): ServiceProvider => {
  let count = 0;
  return {
    metadata: () => '',
    request: async () => {
      count += 1;
      return {
        url: 'https://idp.example/sso',
        requestId: `_request-${count}`,
        identityProvider: answer.identityProvider,
      };
    },
    read: async () => answer,
    close: async () => {},
  };
};

const setUp = (db: Database, answer: CampusIdentity = identity) => {
  const clock = manualClock(START);
  const dependencies = {
    db,
    clock,
    serviceProvider: providerOf(answer),
    findPerson: async () => ({ personId: PERSON }),
  };
  const wish = { fresh: false, returnTo: '/orders', language: 'ja' };
  const complete = (token: string | undefined) =>
    completeSignIn(dependencies, { response: 'signed', token, userAgent: 'test', previous: null });
  return { clock, begin: () => beginSignIn(dependencies, wish), complete, dependencies };
};

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
    await assert.rejects(complete(second.token), { code: 'sign-in-failed' });
  }));

test('of concurrent posts of one response exactly one opens a session', () =>
  withDatabase(async ({ db }) => {
    const { begin, complete } = setUp(db);
    const { token } = await begin();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => complete(token)));
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
  }));

test('a name given to another person later does not open the first person’s account', () =>
  withDatabase(async ({ db }) => {
    const first = setUp(db);
    await first.complete((await first.begin()).token);
    const later = setUp(db, { ...identity, assertionId: '_assertion-2', targetedId: 'targeted-2' });
    await assert.rejects(later.complete((await later.begin()).token), { code: 'person-unknown' });
  }));

test('a session ends after 30 idle minutes and after 8 hours', () =>
  withDatabase(async ({ db }) => {
    const { begin, complete, clock } = setUp(db);
    const { token } = await complete((await begin()).token);
    clock.advance({ minutes: 29 });
    assert.ok(await readSession(db, token, clock.now()));
    clock.advance({ minutes: 31 });
    assert.equal(await readSession(db, token, clock.now()), null);
  }));

test('a return path stays on this site', () => {
  assert.equal(safeReturn('/orders/AK-1?x=1'), '/orders/AK-1?x=1');
  for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\nb', undefined]) {
    assert.equal(safeReturn(path), '/order/destination');
  }
});
