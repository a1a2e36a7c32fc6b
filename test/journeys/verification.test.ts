import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { encodeSealUrl, openSeal, signSeal } from '#domain/seal/seal.ts';
import { accessViolations } from '#test/support/axe.ts';
import { qrPng } from '#test/support/qr-picture.ts';
import type { Issued, OnPage, VerificationHouse } from '#test/support/verification-house.ts';
import { openVerificationHouse, verdict } from '#test/support/verification-house.ts';

const rowsOf = ({ seal }: Issued): number => openSeal(seal).claims.rows?.length ?? 0;

describe('the verification page', () => {
  let house: VerificationHouse;

  before(async () => {
    house = await openVerificationHouse();
  });
  after(() => house?.close());

  const get = (name: 'transcript' | 'enrolment'): Issued => house[name];
  const onPage: OnPage = (...asked) => house.onPage(...asked);
  const open = (page: Page, path = '/verify') => page.goto(`${house.development.url}${path}`);

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
      const forged = get('enrolment').url.replace(house.host, 'akatsuki.verify-certificate.example');
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
      await page.goto(`${address}?altered#${encodeSealUrl(house.host, changed).split('#')[1]}`);
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
      const claims = { ...openSeal(get('enrolment').seal).claims, serial: 'SECR-ETLY-0001' };
      await page.goto(encodeSealUrl(house.host, await signSeal(claims, house.keys.seal)));
      await verdict(page, 'cannot-tell');
      await page.getByText('its public record (transparency log) does not know this certificate').waitFor();
    }));

  test('a withdrawn certificate says so, why and since when', () =>
    onPage(async (page) => {
      await house.withdraw(get('enrolment'), { status: 'void', reason: 'issued-in-error' });
      await page.goto(get('enrolment').url);
      await verdict(page, 'void');
      await page.getByText(/It was issued in error\. Since \d+ \w+ \d{4} at /).waitFor();
      assert.deepEqual(await accessViolations(page), []);
    }));
});
