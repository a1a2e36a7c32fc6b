import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { typesetSealed } from '#features/issuance/make-document.ts';
import { renderPage } from '#platform/pdf-image.ts';
import { withPdfPages } from '#platform/pdf-pages.ts';
import { qrPng } from '#test/support/qr-picture.ts';
import { tableContents } from '#test/support/table-contents.ts';
import type { OnPage, VerificationHouse } from '#test/support/verification-house.ts';
import { openVerificationHouse, until, verdict } from '#test/support/verification-house.ts';

const AGENT = 'Curious-Employer/1.0';
const SHEET_DPI = 220;

type Row = { readonly number: number; readonly credits: string; readonly grade: string };

/** The rows of a transcript as a sheet prints them: number, year, term, code, title, credits, grade. */
const PRINTED_ROW = /(\d+)\s+\d{4}\s+\S+\s+CS\d{3}\s+.+?\s+(\d+)\s+([A-Z])\s/g;

const printedRows = (pdf: Uint8Array): Promise<Row[][]> =>
  withPdfPages(pdf, async (pages) =>
    pages.map((page) =>
      [...page.text().matchAll(PRINTED_ROW)].map(([, number, credits = '', grade = '']) => ({
        number: Number(number),
        credits,
        grade,
      })),
    ),
  );

const shownRows = (page: Page): Promise<Row[]> =>
  page.locator('.sealed-rows li').evaluateAll((rows) =>
    rows.map((row) => {
      const [number = '', credits = '', grade = ''] = [...row.children].map(
        (cell) => cell.lastChild?.textContent ?? '',
      );
      return { number: Number(number), credits, grade };
    }),
  );

const differences = (printed: readonly Row[], shown: readonly Row[]): unknown[] =>
  shown.flatMap((row, at) => {
    const other = printed[at];
    const same = other?.number === row.number && other.credits === row.credits && other.grade === row.grade;
    return same ? [] : [{ number: row.number, printed: other, shown: row }];
  });

describe('what the verification page promises', () => {
  let house: VerificationHouse;

  before(async () => {
    house = await openVerificationHouse();
  });
  after(() => house?.close());

  const onPage: OnPage = (...asked) => house.onPage(...asked);
  const open = (page: Page, path = '/verify') => page.goto(`${house.development.url}${path}`);
  const show = (page: Page, buffer: Uint8Array) =>
    page
      .locator('#scan-file')
      .setInputFiles({ name: 'sheet.png', mimeType: 'image/png', buffer: Buffer.from(buffer) });
  const typeIn = async (page: Page, { serial, checkCode }: { serial: string; checkCode: string }) => {
    await page.locator('#serial').fill(serial);
    await page.locator('#checkCode').fill(checkCode);
    await page.locator('#typed-form button').click();
  };

  /** The same transcript with row 7 graded better and row 38 worth more, on paper with the seals of the true one. */
  const forge = ({ snapshot, ...record }: CertificateRecord): CertificateRecord => {
    const { academicRecord, ...others } = snapshot;
    assert.ok(academicRecord !== null);
    const rows = academicRecord.rows.map((row, index) =>
      index === 6 ? { ...row, grade: 'S' } : index === 37 ? { ...row, credits: 8 } : row,
    );
    return {
      ...record,
      snapshot: { ...others, academicRecord: { ...academicRecord, rows } } as CertificateRecord['snapshot'],
    };
  };

  test('an altered grade, or altered credits, of any page differ from what is shown, without a network', () =>
    onPage(async (page, context) => {
      const { typesetter, transcript, host } = house;
      const { seals } = transcript;
      const { pdf } = await typesetSealed({
        record: forge(transcript.record),
        typesetter,
        seals,
        verificationHost: host,
      });
      const printed = await printedRows(pdf);
      const genuine = await printedRows(transcript.pdf);
      await open(page);
      await page.getByText('This page also works where there is no network.').waitFor();
      await context.setOffline(true);
      const expected = [
        [{ number: 7, printed: { number: 7, credits: '2', grade: 'S' }, shown: genuine[0]?.[6] }],
        [{ number: 38, printed: { number: 38, credits: '8', grade: 'A' }, shown: genuine[1]?.at(-3) }],
      ];
      for (const [index, changes] of expected.entries()) {
        const picture = await renderPage(pdf, index + 1, SHEET_DPI);
        assert.ok(picture);
        await show(page, picture);
        await verdict(page, 'valid');
        await page.getByText('Compare credits and grade, number by number.').waitFor();
        const shown = await shownRows(page);
        assert.deepEqual(differences(genuine[index] ?? [], shown), [], 'the true sheet agrees');
        assert.deepEqual(differences(printed[index] ?? [], shown), changes);
        await page.getByRole('button', { name: 'Check another certificate' }).click();
      }
      await context.setOffline(false);
    }));

  test('nobody is told who checked what: no request names a certificate, no table and no log remembers one', async () => {
    const { enrolment, transcript, database, logged, development } = house;
    const secrets = [enrolment, transcript].flatMap(({ serial, checkCode, url }) => [
      serial,
      serial.replaceAll('-', ''),
      checkCode,
      checkCode.replaceAll('-', ''),
      url.split('#')[1] ?? url,
    ]);
    const rowsBefore = await tableContents(database, 'public');
    const linesBefore = logged.length;
    const asked: string[] = [];
    await onPage(
      async (page) => {
        page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
        await page.goto(transcript.url);
        await verdict(page, 'valid');
        await open(page);
        await typeIn(page, enrolment);
        await verdict(page, 'valid');
        await page.getByRole('button', { name: 'Check another certificate' }).click();
        await typeIn(page, { ...enrolment, checkCode: '0000-0000-0000' });
        await page.getByText('There is no certificate with this serial and check code.').waitFor();
      },
      { userAgent: AGENT },
    );
    // The browser's own list has the address that the phone opened; what it sent ends before the #.
    const sent = asked.map((line) => line.replace(/#\d+/, ''));
    assert.deepEqual(
      sent.filter((line) => secrets.some((secret) => line.includes(secret))),
      [],
    );
    const { pathname: statusList, search } = new URL(
      sent.find((line) => line.includes('/verify/status'))?.trim() ?? '',
    );
    assert.deepEqual([statusList, search], ['/verify/status.json', ''], 'the status list is asked for whole');
    const tiles = sent.filter((line) => line.includes('/log/tile/entries/'));
    assert.ok(tiles.length > 0, 'the log is asked for a tile of 256');
    await onPage(
      async (page) => {
        await open(page);
        await typeIn(page, enrolment);
        await verdict(page, 'valid');
        await open(page);
        await typeIn(page, { ...enrolment, checkCode: '0000-0000-0000' });
        await page.getByText('There is no certificate with this serial and check code.').waitFor();
      },
      { userAgent: AGENT, javaScriptEnabled: false },
    );
    assert.deepEqual(await tableContents(database, 'public'), rowsBefore);
    const jobs = JSON.stringify(await tableContents(database, 'graphile_worker'));
    const lines = logged.slice(linesBefore).join('');
    const mine = [...secrets, AGENT, '127.0.0.1', '/verify', new URL(development.url).host];
    for (const word of mine) {
      assert.ok(!jobs.includes(word), `a job says ${word}`);
      assert.ok(!lines.includes(word), `the log says ${word}: ${lines}`);
    }
  });

  test('the browser’s own detector reads the camera and pictures where there is one, and no decoder is fetched', () =>
    onPage(async (page) => {
      const scripts: string[] = [];
      page.on('request', (request) => {
        if (request.resourceType() === 'script') scripts.push(request.url());
      });
      await page.addInitScript((code) => {
        const seen: string[] = [];
        class BarcodeDetector {
          static getSupportedFormats = async () => ['ean_13', 'qr_code'];
          detect = async (picture: object) => {
            seen.push(picture.constructor.name);
            // As a detector does, it needs some frames before it finds a code.
            return seen.length < 3 ? [] : [{ rawValue: code }];
          };
        }
        Object.assign(globalThis, { BarcodeDetector, seenByDetector: seen });
      }, house.enrolment.url);
      await open(page);
      const before = scripts.length;
      await page.getByRole('button', { name: 'Scan with the camera' }).click();
      await verdict(page, 'valid');
      await page.getByText('山田 花子2').first().waitFor();
      await page.getByRole('button', { name: 'Check another certificate' }).click();
      await show(page, await qrPng(house.enrolment.url));
      await verdict(page, 'valid');
      const seen = await page.evaluate(() => Reflect.get(globalThis, 'seenByDetector') as string[]);
      assert.deepEqual(seen, ['HTMLVideoElement', 'HTMLVideoElement', 'HTMLVideoElement', 'ImageBitmap']);
      assert.deepEqual(scripts.slice(before), []);
    }));

  test('a check can be printed: what was found, of what, when and where', () =>
    onPage(async (page) => {
      const { transcript, host } = house;
      await page.goto(transcript.url);
      await verdict(page, 'valid');
      await page.evaluate(() => {
        Object.assign(globalThis, { print: () => Object.assign(globalThis, { asked: true }) });
      });
      await page.getByRole('button', { name: 'Print this result' }).click();
      assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'asked')), true);
      const paper = await withPdfPages(new Uint8Array(await page.pdf({ format: 'A4' })), async (pages) =>
        pages.map((sheet) => sheet.text()).join('\n'),
      );
      const { serial, checkCode, record } = transcript;
      const said = [
        'Valid',
        '有効',
        'true as of',
        record.snapshot.person.nameJa,
        record.certificateNumber,
        serial,
        checkCode,
        'Checked: ',
        'The content is as the university signed it.',
        'It stands in the transparency log',
        `${host}/verify`,
      ];
      for (const words of said) assert.ok(paper.includes(words), `${words} is not on paper: ${paper}`);
      for (const button of ['Print this result', 'Check another certificate', 'Scan with the camera'])
        assert.ok(!paper.includes(button), `${button} is on paper`);
    }));

  const ASOF = { 'en-GB': /true as of \d+ \w+ \d{4}.*a student today/, 'ja-JP': /\d{4}年\d+月\d+日/ };
  const REPLACED = {
    'en-GB': [
      'This certificate was replaced by a newer one.',
      /has been corrected\. Since \d+ \w+ \d{4} at /,
    ],
    'ja-JP': [
      'この証明書は新しいものに差し替えられました。',
      /記載内容が訂正されました。\s*\d{4}年\d+月\d+日.* から/,
    ],
  } as const;

  for (const locale of ['en-GB', 'ja-JP'] as const) {
    test(`a valid certificate says as of which day (${locale})`, () =>
      onPage(
        async (page) => {
          await page.goto(house.transcript.url);
          await verdict(page, 'valid');
          assert.match(await page.locator('.verdict__as-of').innerText(), ASOF[locale]);
        },
        { locale },
      ));
  }

  test('a replaced certificate says so, why and since when, and every place says it at once', async () => {
    const { enrolment, database, development, withdraw } = house;
    await withdraw(enrolment, { status: 'superseded', reason: 'corrected' });
    for (const locale of ['en-GB', 'ja-JP'] as const) {
      await onPage(
        async (page) => {
          await page.goto(enrolment.url);
          await verdict(page, 'superseded');
          const [replaced, since] = REPLACED[locale];
          const reasons = await page.locator('.verdict__reasons').innerText();
          assert.ok(reasons.includes(replaced), reasons);
          assert.match(reasons, since);
          assert.equal(await page.locator('.verdict__as-of').count(), 0);
          await page.locator('#again').click();
          const pdf = { name: 'c.pdf', mimeType: 'application/pdf', buffer: Buffer.from(enrolment.pdf) };
          await page.locator('#scan-file').setInputFiles(pdf);
          await verdict(page, 'superseded');
        },
        { locale },
      );
    }
    const { rows } = await database.pool.query<{ index: string }>(
      `select max(index)::text as index from log_leaf where kind = 'supersede'`,
    );
    const leaf = Number(rows[0]?.index);
    const fetched = async (path: string) => {
      const response = await fetch(`${development.url}${path}`);
      const [, seconds] = /max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '') ?? [];
      return { text: await response.text(), seconds: Number(seconds) };
    };
    await until(async () => Number((await fetched('/log/checkpoint')).text.split('\n')[1]) > leaf);
    for (const path of ['/verify/status.json', '/log/checkpoint'])
      assert.ok((await fetched(path)).seconds <= 5, `${path} is kept no longer than five seconds`);
  });
});
