import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LegalPage } from '#domain/university/university.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import { dressedApp } from '#test/support/dressed-app.ts';
import { addAccount, PERSON } from '#test/support/ordering.ts';
import { createTermsRoutes, requireTerms } from './index.ts';

const termsOf = (version: string): LegalPage => ({
  version,
  title: { ja: '利用規約', en: 'Terms of Use' },
  markdown: { ja: '本文', en: 'The text' },
});

const openPages = (db: Database, accountId: string, version: string) => {
  const app = dressedApp('en', async () => {
    const account = db.selectFrom('account').select('terms_version as termsVersion');
    const row = await account.where('id', '=', accountId).executeTakeFirstOrThrow();
    return { accountId, personId: PERSON, ...row };
  });
  app.route(
    '/',
    createTermsRoutes({ db, clock: manualClock('2026-11-24T01:00:00Z'), terms: termsOf(version) }),
  );
  app.use(requireTerms(version));
  app.get('/orders', (c) => c.text('the orders'));
  app.post('/order/certificates', (c) => c.text('saved'));
  app.get('/mail-address/confirm/x', (c) => c.text('confirmed'));
  const agree = (fields: Record<string, string>) =>
    app.request('/terms', { method: 'POST', body: new URLSearchParams(fields) });
  return { app, agree };
};

test('consent is asked once a version, recorded with an event, and leads back to where one was', () =>
  withDatabase(async ({ db }) => {
    const accountId = await addAccount(db);
    const { app, agree } = openPages(db, accountId, '2026-11-01');
    const asked = await app.request('/orders?page=2');
    assert.equal(asked.headers.get('location'), '/terms?return=%2Forders%3Fpage%3D2');
    assert.equal((await app.request('/mail-address/confirm/x')).status, 200);
    const refused = await agree({ return: '/orders' });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /href="#agree"/);
    const first = await agree({ return: '/orders', agree: '2026-11-01' });
    assert.equal(first.headers.get('location'), '/orders');
    assert.equal(await (await app.request('/orders')).text(), 'the orders');
    await agree({ return: 'https://evil.example', agree: '2026-11-01' });

    const later = openPages(db, accountId, '2027-04-01');
    assert.equal((await later.app.request('/orders')).status, 303);
    assert.equal((await later.app.request('/order/certificates', { method: 'POST' })).status, 200);
    assert.match(await (await later.app.request('/terms')).text(), /have changed/);
    assert.equal((await later.agree({ agree: '2026-11-01' })).status, 422);
    const away = await later.agree({ return: 'https://evil.example', agree: '2027-04-01' });
    assert.equal(away.headers.get('location'), '/order/destination');
    const events = await db
      .selectFrom('audit_event')
      .select('data')
      .where('type', '=', 'terms.agreed')
      .orderBy('id')
      .execute();
    assert.deepEqual(
      events.map(({ data }) => (data as { version: string }).version),
      ['2026-11-01', '2027-04-01'],
    );
  }));
