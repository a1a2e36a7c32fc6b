import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findFreePorts } from '#dev/ports.ts';
import type { Development } from '#dev/start.ts';
import { startDevelopment } from '#dev/start.ts';
import { claimsOf } from '#domain/seal/claims.ts';
import { checkCodeOf, encodeSealUrl, signSeal } from '#domain/seal/seal.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { accessViolations } from '#test/support/axe.ts';
import { openBrowser } from '#test/support/browser.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import type { TestDatabase } from '#test/support/database.ts';
import { withDatabase } from '#test/support/database.ts';
import { qrFilm, qrPng } from '#test/support/qr-picture.ts';

type Issued = { serial: string; checkCode: string; url: string; seal: Uint8Array };

const FOLDER = mkdtempSync(join(tmpdir(), 'akashi-verification-'));
const FILM = join(FOLDER, 'camera.y4m');
const PHONE = { width: 390, height: 844 };

describe('the verification page', () => {
  let development: Development;
  let database: TestDatabase;
  let browser: Browser;
  let host = '';
  let finish = (): void => {};
  let closed: Promise<void>;
  const issued: Record<string, Issued> = {};

  /** Puts a certificate into the register as issuance does, signed with the service's own seal key. */
  const issue = async (type: 'enrolment' | 'transcript', copy: number): Promise<Issued> => {
    const keys = await openFileKeys(join(FOLDER, 'data', 'keys'), {
      now: Temporal.Now.instant(),
      university: 'unused',
    });
    const record = sampleRecord(type, 'ja', copy);
    const rowCount = type === 'transcript' ? 40 : 0;
    const seal = await signSeal(claimsOf(record, { page: 1, pages: 1, firstRow: 1, rowCount }), keys.seal);
    const checkCode = await checkCodeOf(seal);
    const { id } = await database.db
      .insertInto('issued_certificate')
      .values({
        order_id: randomUUID(),
        order_line_id: randomUUID(),
        copy: 1,
        serial: record.serial,
        impression: record.impression,
        record: JSON.stringify(record),
        state: 'made',
        pages: 1,
        sha256: '00',
        check_code: checkCode,
        reserved_at: Temporal.Now.instant(),
        made_at: Temporal.Now.instant(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await database.db
      .insertInto('certificate_seal')
      .values({ issued_certificate_id: id, page: 1, seal: Buffer.from(seal) })
      .execute();
    await addJob(database.db, 'publish-typed-records', { certificateId: id });
    return { serial: record.serial, checkCode, url: encodeSealUrl(host, seal), seal };
  };

  const published = async (): Promise<void> => {
    for (const until = Date.now() + 20_000; Date.now() < until; ) {
      const { rows } = await database.pool.query('select 1 from typed_record');
      if (rows.length >= 2) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('typed records were not published');
  };

  before(async () => {
    const opened = Promise.withResolvers<TestDatabase>();
    closed = withDatabase(async (fresh) => {
      const held = new Promise<void>((done) => {
        finish = done;
      });
      opened.resolve(fresh);
      await held;
    });
    database = await opened.promise;
    development = await startDevelopment({
      ports: await findFreePorts(),
      dataFolder: join(FOLDER, 'data'),
      databaseUrl: database.url,
      logLevel: 'warn',
    });
    host = new URL(development.url).host;
    issued['transcript'] = await issue('transcript', 1);
    issued['enrolment'] = await issue('enrolment', 2);
    await published();
    writeFileSync(FILM, qrFilm(issued['enrolment'].url));
    browser = await openBrowser([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${FILM}`,
    ]);
  });

  after(async () => {
    await browser?.close();
    await development?.close();
    finish();
    await closed;
    rmSync(FOLDER, { recursive: true, force: true });
  });

  const get = (name: string): Issued => {
    const one = issued[name];
    assert.ok(one);
    return one;
  };

  const onPage = async (
    work: (page: Page, context: BrowserContext) => Promise<void>,
    options: { locale?: string; javaScriptEnabled?: boolean } = {},
  ): Promise<void> => {
    const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|422|429/.test(message.text()))
        problems.push(message.text());
    });
    try {
      await work(page, context);
      assert.deepEqual(problems, []);
      assert.deepEqual(await context.cookies(), [], 'no cookie is set');
    } finally {
      await context.close();
    }
  };

  const verdict = (page: Page, word: string) => page.locator(`.verdict[data-verdict="${word}"]`).waitFor();
  const open = (page: Page, path = '/verify') => page.goto(`${development.url}${path}`);

  for (const locale of ['en-GB', 'ja-JP']) {
    test(`a scanned code opens the page, which says what the sheet must say (${locale})`, () =>
      onPage(
        async (page) => {
          await page.goto(get('transcript').url);
          await verdict(page, 'valid');
          assert.ok(!page.url().includes('#'), 'the seal does not stay in the address bar');
          await page.getByText('山田 花子1').first().waitFor();
          assert.equal(await page.locator('.sealed-rows li').count(), 40);
          assert.match(await page.locator('.sealed-rows li').nth(6).innerText(), /7\s+.*2\s+.*A$/s);
          assert.deepEqual(await accessViolations(page), []);
        },
        { locale },
      ));
  }

  test('the camera reads a code, and is off afterwards', () =>
    onPage(async (page) => {
      await open(page);
      assert.deepEqual(await accessViolations(page), []);
      await page.getByRole('button', { name: 'Scan with the camera' }).click();
      await verdict(page, 'valid');
      await page.getByText('山田 花子2').first().waitFor();
      const running = await page
        .locator('#camera')
        .evaluate((video) => (video as HTMLVideoElement).srcObject);
      assert.equal(running, null);
      await page.getByRole('button', { name: 'Check another certificate' }).click();
      await page.getByRole('button', { name: 'Scan with the camera' }).waitFor();
    }));

  test('a photograph is read; one without a code says so', () =>
    onPage(async (page) => {
      await open(page);
      await page.locator('#scan-file').setInputFiles({
        name: 'nothing.png',
        mimeType: 'image/png',
        buffer: await page.screenshot(),
      });
      await page.getByText('There is no QR code in this picture.').waitFor();
      await page.locator('#scan-file').setInputFiles({
        name: 'sheet.png',
        mimeType: 'image/png',
        buffer: await qrPng(get('enrolment').url),
      });
      await verdict(page, 'valid');
    }));

  test('a code of a look-alike host is refused and named', () =>
    onPage(async (page) => {
      await open(page);
      const forged = get('enrolment').url.replace(host, 'akatsuki.verify-certificate.example');
      await page.locator('#scan-file').setInputFiles({
        name: 'forged.png',
        mimeType: 'image/png',
        buffer: await qrPng(forged.replace('http:', 'https:')),
      });
      await verdict(page, 'cannot-tell');
      await page.getByText('akatsuki.verify-certificate.example').waitFor();
    }));

  test('what was typed is found without naming the certificate to the service', () =>
    onPage(async (page) => {
      const { serial, checkCode } = get('enrolment');
      const asked: string[] = [];
      page.on('request', (request) =>
        asked.push(`${request.method()} ${request.url()} ${request.postData()}`),
      );
      await open(page);
      await page.getByLabel('Serial').fill(serial);
      await page.getByLabel('Check code').fill('0000-0000-0000');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByText('There is no certificate with this serial and check code.').waitFor();
      await page.getByLabel('Check code').fill(checkCode.toLowerCase());
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await verdict(page, 'valid');
      const bare = serial.replaceAll('-', '');
      assert.ok(asked.some((line) => line.includes('/verify/records/')));
      assert.ok(!asked.some((line) => line.includes(serial) || line.includes(bare)));
    }));

  test('without script the typed check answers with the whole verdict', () =>
    onPage(
      async (page) => {
        const { serial, checkCode } = get('enrolment');
        await open(page);
        await page.getByRole('button', { name: 'Check', exact: true }).click();
        await page.getByText('Type both the serial and the check code.').waitFor();
        await page.getByLabel('Serial').fill(serial);
        await page.getByLabel('Check code').fill(checkCode);
        await page.getByRole('button', { name: 'Check', exact: true }).click();
        await verdict(page, 'valid');
        await page.getByText('山田 花子2').first().waitFor();
      },
      { javaScriptEnabled: false },
    ));

  test('after one visit it works without a network, and says what it could not check', () =>
    onPage(async (page, context) => {
      await open(page);
      await page.getByText('This page also works where there is no network.').waitFor();
      await context.setOffline(true);
      const [address, digits] = get('transcript').url.split('#');
      await page.goto(`${address}?offline#${digits}`);
      await verdict(page, 'valid');
      await page.getByText('Status not checked.').waitFor();
      assert.equal(await page.locator('.sealed-rows li').count(), 40);
      await page.getByRole('button', { name: 'Check another certificate' }).click();
      await page.locator('#scan-file').setInputFiles({
        name: 'sheet.png',
        mimeType: 'image/png',
        buffer: await qrPng(get('enrolment').url),
      });
      await verdict(page, 'valid');
      const changed = get('transcript').seal.slice();
      changed[90] = (changed[90] ?? 0) ^ 1;
      await page.goto(`${address}?altered#${encodeSealUrl(host, changed).split('#')[1]}`);
      await page.locator('.verdict:is([data-verdict=altered], [data-verdict=cannot-tell])').waitFor();
      await context.setOffline(false);
    }));

  test('the first view is small, the decoder included', () =>
    onPage(async (page, context) => {
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      let bytes = 0;
      session.on('Network.loadingFinished', (event) => {
        bytes += event.encodedDataLength;
      });
      await page.addInitScript(() => {
        Reflect.deleteProperty(globalThis, 'BarcodeDetector');
      });
      await open(page);
      await page.locator('#scan-file').setInputFiles({
        name: 'sheet.png',
        mimeType: 'image/png',
        buffer: await qrPng(get('enrolment').url),
      });
      await verdict(page, 'valid');
      assert.ok(bytes > 0 && bytes <= 60 * 1024, `${bytes} bytes`);
    }));

  test('a withdrawn certificate says so, why and since when', () =>
    onPage(async (page) => {
      await database.db
        .updateTable('issued_certificate')
        .set({
          status: 'void',
          status_reason: 'issued-in-error',
          status_since: Temporal.Instant.from('2026-11-25T03:00:00Z'),
        })
        .where('serial', '=', get('enrolment').serial)
        .execute();
      await page.goto(get('enrolment').url);
      await verdict(page, 'void');
      await page.getByText('It was issued in error. Since 25 November 2026 at 12:00:00.').waitFor();
      assert.deepEqual(await accessViolations(page), []);
    }));
});
