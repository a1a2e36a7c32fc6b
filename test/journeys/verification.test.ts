import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Development } from '#dev/development.ts';
import { findFreePorts } from '#dev/ports.ts';
import { startDevelopment } from '#dev/start.ts';
import { encodeSealUrl, openSeal, signSeal } from '#domain/seal/seal.ts';
import { createMaker, openTypesetter } from '#features/issuance/index.ts';
import { datedRecord, issueLeaf } from '#features/issuance/issue-leaf.ts';
import { openTransparencyLog } from '#features/transparency-log/index.ts';
import { systemClock } from '#platform/clock.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { accessViolations } from '#test/support/axe.ts';
import { openBrowser } from '#test/support/browser.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import type { TestDatabase } from '#test/support/database.ts';
import { withDatabase } from '#test/support/database.ts';
import { qrFilm, qrPng } from '#test/support/qr-picture.ts';

type Issued = {
  id: string;
  serial: string;
  checkCode: string;
  url: string;
  seal: Uint8Array;
  pdf: Uint8Array;
};

const rowsOf = ({ seal }: Issued): number => openSeal(seal).claims.rows?.length ?? 0;

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100)))
    if (await condition()) return;
  throw new Error('it did not become true');
};

const FOLDER = mkdtempSync(join(tmpdir(), 'akashi-verification-'));
const FILM = join(FOLDER, 'camera.y4m');
const PHONE = { width: 390, height: 844 };

describe('the verification page', () => {
  let development: Development;
  let database: TestDatabase;
  let browser: Browser;
  const typesetter = openTypesetter({ universityFolder: resolve('config/demo') });
  let host = '';
  let finish = (): void => {};
  let closed: Promise<void>;
  const issued: Record<string, Issued> = {};

  const clock = systemClock;

  /** Makes a certificate as issuance does, with the service's own keys and in the service's own log. */
  const issue = async (type: 'enrolment' | 'transcript', copy: number): Promise<Issued> => {
    const keys = await openFileKeys(join(FOLDER, 'data', 'keys'), {
      now: clock.now(),
      university: 'unused',
    });
    const maker = createMaker({ typesetter, keys: async () => keys, verificationHost: host });
    const draft = sampleRecord(type, 'ja', copy);
    const measured = await maker.claims(draft);
    const salt = new Uint8Array(16).fill(copy);
    const append = openTransparencyLog(database.db, clock, {
      origin: 'unused',
      signers: async () => [],
    });
    const place = await append.append({
      ...draft,
      kind: 'issue',
      build: (at) => issueLeaf({ record: draft, salt }, measured, at),
    });
    const record = datedRecord(draft, place.at);
    const seconds = Math.floor(place.at.epochMilliseconds / 1000);
    const stamp = { issueDate: record.issueDate, issuedAt: seconds, logIndex: place.index, salt };
    const made = await maker.seal(measured.map((page) => ({ ...page, ...stamp })));
    const sealed = { ...made, proof: 'c2sp.org/tlog-proof@v1\n' };
    const prepared = await maker.prepare(record, await maker.typeset(record, sealed));
    const pdf = await maker.sign(record, sealed, prepared);
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
        pages: made.pages,
        sha256: '00',
        check_code: made.checkCode,
        reserved_at: clock.now(),
        made_at: clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const [seal] = made.seals;
    assert.ok(seal);
    const rows = made.seals.map((bytes, index) => ({
      issued_certificate_id: id,
      page: index + 1,
      seal: Buffer.from(bytes),
    }));
    await database.db.insertInto('certificate_seal').values(rows).execute();
    await addJob(database.db, 'publish-typed-records', { certificateId: id });
    const { serial } = record;
    return { id, serial, checkCode: made.checkCode, url: encodeSealUrl(host, seal), seal, pdf };
  };

  const published = async (): Promise<void> => {
    for (const until = Date.now() + 20_000; Date.now() < until; ) {
      const { rows } = await database.pool.query('select 1 from typed_record');
      const cosigned = await database.pool.query(
        'select 1 from log_checkpoint where cosigned_at is not null and size >= 2',
      );
      if (rows.length >= 2 && cosigned.rows.length > 0) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('typed records or checkpoint were not published');
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
    typesetter.close();
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
          assert.equal(await page.locator('.sealed-rows li').count(), rowsOf(get('transcript')));
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
      assert.equal(await page.locator('.sealed-rows li').count(), rowsOf(get('transcript')));
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

  test('a signed file proves itself where it is dropped, and a changed one does not, also without a network', () =>
    onPage(async (page, context) => {
      const { pdf } = get('transcript');
      const drop = (buffer: Uint8Array) =>
        page
          .locator('#scan-file')
          .setInputFiles({ name: 'c.pdf', mimeType: 'application/pdf', buffer: Buffer.from(buffer) });
      await open(page);
      await page.getByText('This page also works where there is no network.').waitFor();
      await drop(pdf);
      await verdict(page, 'valid');
      await page.getByText('Nothing was changed after it was signed.').waitFor();
      await page.getByText('It stands in the transparency log').waitFor();
      await page.getByRole('button', { name: 'Check another certificate' }).click();
      await context.setOffline(true);
      const changed = pdf.slice();
      changed[2000] = (changed[2000] ?? 0) ^ 1;
      await drop(changed);
      await page.locator('.verdict:is([data-verdict=altered], [data-verdict=cannot-tell])').waitFor();
      await page.getByRole('button', { name: 'Check another certificate' }).click();
      await drop(pdf);
      await verdict(page, 'valid');
      await context.setOffline(false);
    }));

  test('a seal that the log does not know is not valid', () =>
    onPage(async (page) => {
      const keys = await openFileKeys(join(FOLDER, 'data', 'keys'), {
        now: clock.now(),
        university: 'unused',
      });
      const claims = { ...openSeal(get('enrolment').seal).claims, serial: 'SECR-ETLY-0001' };
      await page.goto(encodeSealUrl(host, await signSeal(claims, keys.seal)));
      await verdict(page, 'cannot-tell');
      await page.getByText('its public record (transparency log) does not know this certificate').waitFor();
    }));

  test('a withdrawn certificate says so, why and since when', () =>
    onPage(async (page) => {
      await database.db
        .updateTable('issued_certificate')
        .set({ status: 'void', status_reason: 'issued-in-error', status_since: clock.now() })
        .where('id', '=', get('enrolment').id)
        .execute();
      await addJob(database.db, 'log-withdrawal', { certificateId: get('enrolment').id });
      await until(async () => {
        const list = (await (await fetch(`${development.url}/verify/status.json`)).json()) as {
          entries: unknown[];
        };
        return list.entries.length === 1;
      });
      await page.goto(get('enrolment').url);
      await verdict(page, 'void');
      await page.getByText(/It was issued in error\. Since \d+ \w+ \d{4} at /).waitFor();
      assert.deepEqual(await accessViolations(page), []);
    }));
});
