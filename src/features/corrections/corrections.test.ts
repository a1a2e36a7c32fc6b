import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openCookieJar } from '#platform/web/cookies.ts';
import { withDatabase } from '#test/support/database.ts';
import { dressedApp } from '#test/support/dressed-app.ts';
import { addAccount, PERSON } from '#test/support/ordering.ts';
import { answerCorrection, createCorrectionRoutes, listOpenCorrections } from './index.ts';

const clock = manualClock('2026-11-24T01:00:00Z');

const open = async (db: Database) => {
  const accountId = await addAccount(db);
  const confirmed = { mail_address: 'a@example.org', mail_verified_at: clock.now() };
  await db.updateTable('account').set(confirmed).where('id', '=', accountId).execute();
  const draft = { content: JSON.stringify({ destination: 'store' }), updated_at: clock.now() };
  await db
    .insertInto('order_draft')
    .values({ account_id: accountId, ...draft })
    .execute();
  const cookies = openCookieJar('http://localhost');
  const app = dressedApp('en', () => ({ accountId, personId: PERSON }));
  app.route(
    '/',
    createCorrectionRoutes({ db, clock, cookies, randomBytes, backPath: '/order/confirmation' }),
  );
  const post = (fields: Record<string, string>) =>
    app.request('/correction', { method: 'POST', body: new URLSearchParams(fields) });
  return { app, post };
};

const mails = (db: Database) =>
  db.selectFrom('mail_outbox').select(['kind', 'recipient', 'text_body']).orderBy('queued_at').execute();

test('Something is wrong opens one request, confirms it by mail and keeps the draft', () =>
  withDatabase(async ({ db }) => {
    const { app, post } = await open(db);
    const empty = await post({ details: 'My name is <b>SATO</b>.' });
    assert.equal(empty.status, 422);
    const page = await empty.text();
    assert.match(page, /Choose what is wrong/);
    assert.match(page, /My name is &lt;b>SATO|My name is &lt;b&gt;SATO/);
    assert.equal((await post({ matter: 'name', details: '髙'.repeat(1001) })).status, 422);
    const fields = { matter: 'romanised-name', details: 'SATOU, not SATO' };
    const done = (await post(fields)).headers.get('location') ?? '';
    assert.equal((await post(fields)).headers.get('location'), done);
    assert.match(await (await app.request(done)).text(), /has been received/);
    const requests = await listOpenCorrections(db);
    assert.deepEqual(
      requests.map(({ matter, details }) => [matter, details]),
      [['romanised-name', 'SATOU, not SATO']],
    );
    const [mail, ...others] = await mails(db);
    assert.equal(others.length, 0);
    assert.equal(mail?.recipient, 'a@example.org');
    assert.match(mail?.text_body ?? '', /Romanised name\nSATOU, not SATO/);
    assert.equal((await db.selectFrom('order_draft').select('content').execute()).length, 1);
  }));

test('a request is answered once, by somebody named, and the answer is mailed', () =>
  withDatabase(async ({ db }) => {
    const { post } = await open(db);
    await post({ matter: 'name', details: '髙橋' });
    const requestNumber = (await listOpenCorrections(db))[0]?.requestNumber ?? '';
    const answer = { requestNumber, by: 'clerk', reason: 'The register says 髙橋 now.' };
    clock.advance({ minutes: 1 });
    await answerCorrection(db, clock, answer);
    await assert.rejects(answerCorrection(db, clock, answer), { code: 'wrong-state' });
    await assert.rejects(answerCorrection(db, clock, { ...answer, requestNumber: 'X' }), {
      code: 'not-found',
    });
    assert.deepEqual(await listOpenCorrections(db), []);
    assert.match((await mails(db))[1]?.text_body ?? '', /The register says 髙橋 now\./);
  }));

test('five requests may wait for an answer, not six', () =>
  withDatabase(async ({ db }) => {
    const { post } = await open(db);
    for (let one = 1; one <= 5; one += 1) {
      assert.equal((await post({ matter: 'other', details: String(one) })).status, 303);
    }
    await post({ matter: 'other', details: '6' });
    assert.equal((await listOpenCorrections(db)).length, 5);
  }));
