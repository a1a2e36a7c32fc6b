import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Development } from '#dev/development.ts';
import { findFreePorts } from '#dev/ports.ts';
import { startDevelopment } from '#dev/start.ts';
import { withPdfPages } from '#platform/pdf-pages.ts';
import { readQrCode } from '#platform/qr-code.ts';
import { accessViolations } from '#test/support/axe.ts';
import { openBrowser } from '#test/support/browser.ts';
import { withDatabase } from '#test/support/database.ts';

const OWN = 'misaki@example.jp';
const INTAKE = 'admissions@uni.example';
const PERSON = 'suzuki@firm.example';
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

/** The newest match of `pattern` in the mails to an address; mail is sent by a background job. */
const awaitMail = async (development: Development, address: string, pattern: RegExp): Promise<string> => {
  for (const until = Date.now() + 90_000; Date.now() < until; ) {
    const answer = await fetch(`${development.inboxUrl}/api/messages?to=${address}`);
    const mails = (await answer.json()) as { subject: string; text: string }[];
    for (const { subject, text } of mails) {
      const found = pattern.exec(`${subject}\n${text}`);
      if (found !== null) return found[1] ?? found[0];
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`no mail to ${address} with ${pattern}`);
};

/**
 * Looks at a page in both languages, on a phone and on a desk: nothing sticks out to the side, and axe-core finds no
 * violation. With `AKASHI_LOOK` set to a folder, pictures of all four are left there.
 */
const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['AKASHI_LOOK'];
  for (const language of ['ja', 'en']) {
    if ((await page.locator('html').getAttribute('lang')) !== language) {
      await page.locator('#language').selectOption(language);
      await page.locator(`html[lang=${language}]`).waitFor();
    }
    for (const size of [DESK, PHONE]) {
      await page.setViewportSize(size);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(wider <= 0, `${name} in ${language} at ${size.width}: ${wider} px too wide`);
      if (folder !== undefined)
        await page.screenshot({
          path: join(folder, `${name}-${language}-${size.width}.png`),
          fullPage: true,
        });
    }
    assert.deepEqual(await accessViolations(page), [], `${name} in ${language}`);
  }
};

const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('heading', { level: 1, name }).waitFor();

const signIn = async (page: Page, development: Development): Promise<void> => {
  await page.goto(development.url);
  await page.getByRole('link', { name: 'Login' }).first().click();
  await page.locator('#username').fill('a0123456');
  await page.locator('#password').fill('demo-a0123456');
  await page.locator('button[value=password]').click();
  await page.locator('button[value=accept]').click();
  await page.getByLabel('I agree to the terms of use').check();
  await page.getByRole('button', { name: 'Agree and go on' }).click();
  await page.locator('input[name=address]').fill(OWN);
  await page.locator('input[name=check]').fill(OWN);
  await page.getByRole('button', { name: 'Check' }).click();
  await heading(page, 'Set mail address');
  await page.goto(await awaitMail(development, OWN, /http:\/\/\S+\/mail-address\/confirm\/\S+/));
  await page.getByRole('button', { name: 'Set mail address' }).click();
  await page.getByRole('link', { name: 'Move to Login page' }).click();
};

const fillRecipient = async (
  page: Page,
  parcel: number,
  fields: Readonly<Record<string, string>>,
): Promise<void> => {
  for (const [name, text] of Object.entries(fields))
    await page.locator(`[name="${name}.${parcel}"]`).fill(text);
};

/** Two recipients: an intake that many read, and a person who is to enter a code. */
const order = async (page: Page): Promise<void> => {
  await heading(page, 'Select Printing Destination');
  await page.getByRole('radio', { name: /Online delivery/ }).check();
  await page.getByRole('button', { name: 'Go to certificates' }).click();
  await heading(page, 'Select certificates');
  await page.locator('input[name$=".enrolment.ja"]').first().fill('1');
  await page.locator('input[name$=".enrolment.en"]').first().fill('2');
  await page.getByRole('button', { name: 'Go to confirmation' }).last().click();
  await heading(page, 'Delivery details');
  await page.getByRole('button', { name: 'Add a recipient' }).click();
  await fillRecipient(page, 1, { organisation: 'Northern University', mail: INTAKE, again: INTAKE });
  await fillRecipient(page, 1, { reference: 'WES-20931', department: 'Admissions' });
  await fillRecipient(page, 2, { organisation: '株式会社あかつき', mail: PERSON, again: PERSON });
  await page.locator('select[name="language.1"]').selectOption('en');
  await page.locator('select[name="language.2"]').selectOption('ja');
  await page.locator('input[type=checkbox][name="code.1"]').check();
  await page.locator('input[type=checkbox][name="code.2"]').check();
  await page.locator('input[name^="put.1."][name$=".ja"]').fill('1');
  await page.locator('input[name^="put.1."][name$=".en"]').fill('1');
  await page.locator('input[name^="put.2."][name$=".en"]').fill('1');
  await page.getByRole('button', { name: 'Go to confirmation' }).last().click();
  await page
    .locator('#error-summary')
    .getByText(/several people read/)
    .waitFor();
  await page.locator('input[type=checkbox][name="code.1"]').uncheck();
  await page.getByRole('button', { name: 'Go to confirmation' }).last().click();
  await heading(page, 'Confirmation');
  await page.getByRole('button', { name: /^Go to payment/ }).click();
  await heading(page, 'Payment');
  await page.getByRole('button', { name: /^Pay [\d,]+ yen/ }).click();
  await page.getByRole('link', { name: 'Continue to payment' }).click();
  await page.waitForURL(/\/pay\//);
  await page.locator('a[href*="card=success"]').click();
  await page.locator('form button').first().click();
  const back = page.locator('a.button[href*="/payment/return"]');
  await Promise.race([page.waitForURL(/\/orders\//), back.click().catch(() => {})]);
  await page.waitForURL(/\/orders\//);
};

/** Everything of the intake: no code, two files as one ZIP. */
const receive = async (context: BrowserContext, development: Development): Promise<void> => {
  const page = await context.newPage();
  const url = await awaitMail(development, INTAKE, /http:\/\/\S+\/delivery\/\S+/);
  const subject = await awaitMail(development, INTAKE, /^SATO Misaki WES-20931 .*and 1 more \(.+\)/);
  assert.ok(subject.length > 0);
  await page.goto(url);
  await heading(page, 'Certificates for you');
  await look(page, 'recipient-before');
  await page.getByRole('button', { name: 'Show the certificates' }).click();
  const all = page.getByRole('button', { name: 'Download all 2 (ZIP)' });
  await all.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), all.click()]);
  assert.match(download.suggestedFilename(), /^SATO_Misaki_Certificates_[\d-]+\.zip$/);
  await page.reload();
  await look(page, 'recipient-after');
  await page.getByRole('button', { name: 'Extend the time' }).click();
  await page.getByText('has been extended').waitFor();
  await page.close();
};

/** The person's, with the code; returns the address in the QR of the file's first page. */
const receiveWithCode = async (context: BrowserContext, development: Development): Promise<string> => {
  const page = await context.newPage();
  await page.goto(await awaitMail(development, PERSON, /http:\/\/\S+\/delivery\/\S+/));
  await page.getByText('s•••@firm.example').waitFor();
  await look(page, 'recipient-code');
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  await page.locator('#code').fill('12');
  await page.getByRole('button', { name: /^Enter/ }).click();
  await page.locator('#error-summary').waitFor();
  assert.deepEqual(await accessViolations(page), []);
  await page.locator('#code').fill(await awaitMail(development, PERSON, /確認コード: (\d{6})/));
  await page.getByRole('button', { name: /^Enter/ }).click();
  const file = page.getByRole('button', { name: /^Download: Certificate of Enrollment/ });
  const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
  assert.match(download.suggestedFilename(), /^SATO_Misaki_Enrolment_[\d-]+\.pdf$/);
  await page.close();
  return readQr(new Uint8Array(readFileSync(await download.path())));
};

const readQr = (pdf: Uint8Array): Promise<string> =>
  withPdfPages(pdf, async ([first]) => {
    for (const dpi of [160, 200, 300]) {
      const pixels = await first?.pixels(dpi);
      const found = pixels && readQrCode(pixels);
      if (found) return found;
    }
    throw new Error('the QR of the file cannot be read');
  });

const walk = async (browser: Browser, development: Development): Promise<void> => {
  const own = await browser.newContext({ locale: 'en-GB', viewport: DESK });
  const page = await own.newPage();
  page.setDefaultTimeout(30_000);
  await signIn(page, development);
  await order(page);
  const number = /\/orders\/([^/]+)/.exec(page.url())?.[1] ?? '';
  await awaitMail(development, OWN, /were sent to the recipient/);
  await page.goto(`${development.url}/orders/${number}`);
  await page.getByRole('heading', { name: 'Northern University' }).waitFor();
  await look(page, 'order-sent');
  await page.getByRole('link', { name: 'Call back Northern University' }).click();
  await look(page, 'recall');
  await page.goto(`${development.url}/orders/${number}`);
  await page.getByRole('link', { name: 'Correct the address and send again Northern University' }).click();
  await page.getByRole('button', { name: 'Send a new link' }).click();
  await page.locator('#error-summary').waitFor();
  await page.goto(page.url());
  await look(page, 'resend');

  const recipient = await browser.newContext({ locale: 'en-GB', viewport: DESK, acceptDownloads: true });
  await receive(recipient, development);
  const address = await receiveWithCode(recipient, development);
  assert.ok(address.startsWith(`${development.url}/verify#1`), address.slice(0, 40));
  const verifier = await recipient.newPage();
  await verifier.goto(address);
  await verifier.locator('.verdict[data-verdict=valid]').waitFor();
  const gone = await recipient.newPage();
  await gone.goto(`${development.url}/delivery/${'A'.repeat(43)}`);
  await look(gone, 'link-unknown');

  await page.goto(`${development.url}/orders/${number}`);
  await page.getByText('Downloaded by the recipient').first().waitFor();
  await look(page, 'order-downloaded');
  const copy = page.getByRole('link', { name: /personal copy: Certificate/ }).first();
  const [kept] = await Promise.all([page.waitForEvent('download'), copy.click()]);
  assert.match(kept.suggestedFilename(), /_Personal_Copy_/);
};

test('a student sends certificates online to two recipients, who open, download and verify them', () =>
  withDatabase(async ({ url }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-journey-'));
    const ports = await findFreePorts();
    const development = await startDevelopment({ ports, dataFolder, databaseUrl: url, logLevel: 'warn' });
    const browser = await openBrowser();
    try {
      await walk(browser, development);
    } catch (error) {
      const [page] = browser.contexts().flatMap((context) => context.pages());
      await page?.screenshot({ path: join(tmpdir(), 'akashi-delivery.png'), fullPage: true });
      throw error;
    } finally {
      await browser.close();
      await development.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  }));
