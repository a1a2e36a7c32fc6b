import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { findFreePorts } from '#dev/ports.ts';
import { importRegister } from '#features/register/index.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { openLog } from '#platform/log.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import { loadUniversity, readCopierKeys, readEnvironment } from '#src/config.ts';
import { startAkashi } from '#src/main.ts';
import { openMachine } from '#test/support/copier.ts';
import { startRelay } from '#test/support/relay.ts';
import { CONFIGURATION } from '#test/support/service.ts';
import { openVisitor } from './outages/visitor.ts';
import { openMortalDatabase } from './storm/mortal-database.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');

test('while the database is away every page says so and how to go on, and the service recovers without a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-away-'));
  const database = await openMortalDatabase(join(folder, 'postgres'));
  const relay = await startRelay();
  await migrate(database.url, MIGRATIONS);
  const { db, close } = openDatabase(database.url);
  await importRegister(db, { folder: join(CONFIGURATION, 'register'), clock: systemClock });
  const ports = await findFreePorts();
  const url = `http://localhost:${ports.service}`;
  const variables = {
    DATABASE_URL: database.url,
    AKASHI_BASE_URL: url,
    AKASHI_HOST: 'localhost',
    AKASHI_PORT: String(ports.service),
    AKASHI_REPORT_PORT: String(ports.reports),
    AKASHI_DATA: join(folder, 'data'),
    AKASHI_CONFIG: CONFIGURATION,
    SMTP_URL: relay.url,
  };
  const environment = readEnvironment(variables, 'development');
  const university = await loadUniversity(CONFIGURATION);
  const akashi = await startAkashi({
    environment,
    university,
    clock: systemClock,
    log: openLog('silent'),
    database: openDatabase(database.url),
    web: true,
    worker: true,
  });
  const termsVersion = university.legal.terms.version;
  const visitor = await openVisitor({ db, url, clock: systemClock, termsVersion });
  const [key] = await readCopierKeys(university.copierNetworks, environment);
  assert.ok(key);
  const machine = openMachine(url, key, systemClock.now);
  const lookUp = () =>
    machine.call('POST', '/lookups', { printNumber: '000000000000', pin: '0000', device: 'd' });
  try {
    assert.equal((await visitor.get('/orders')).status, 200);
    database.kill();
    // What is left of the server ends a moment after it.
    while ((await visitor.see('/orders', 'en')).status === 200) await setTimeout(20);
    for (const path of ['/orders', '/order/destination']) {
      const page = await visitor.see(path, 'en');
      assert.equal(page.status, 503, path);
      assert.match(page.text, /^Not available at the moment .*Please try again in a few minutes/);
      assert.match(page.text, /Try again .*quote this request number.* [\w-]{12}$/);
      assert.match(page.html, new RegExp(`<a[^>]*href="${path}"`), 'a way back to the same page');
      assert.match(
        (await visitor.see(path, 'ja')).text,
        /^ただいま利用できません .*もう一度試す .*受付番号.* [\w-]{12}$/,
      );
      assert.equal(page.headers.get('retry-after'), '10');
    }
    const posted = await visitor.see('/order/destination', 'en', { destination: 'store' });
    assert.equal(posted.status, 503);
    assert.match(posted.html, /href="\/order\/destination"/);
    for (const path of ['/', '/manual'])
      assert.equal((await fetch(new URL(path, url))).status, 200, `${path} needs no database`);
    const copier = await lookUp();
    assert.equal(copier.status, 503);
    assert.match(await copier.text(), /"title":"unavailable"/);
    // Long enough that the worker notices, too.
    await setTimeout(2500);
    await database.revive();
    assert.equal((await visitor.get('/orders')).status, 200);
    assert.equal((await lookUp()).status, 404);
    const mail = { to: 'a@example.jp', subject: 's', text: 't', html: 'h', kind: 'test', reference: null };
    await queueMail(db, systemClock, mail);
    while (relay.received.length === 0) await setTimeout(50);
  } finally {
    await akashi.close();
    await close();
    await relay.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
