import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import jsqr from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import { findFreePorts } from '#dev/ports.ts';
import type { Development } from '#dev/start.ts';
import { startDevelopment } from '#dev/start.ts';
import { openBrowser } from '#test/support/browser.ts';
import { withDatabase } from '#test/support/database.ts';

const IMAGES = resolve(import.meta.dirname, '../../docs/images');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ADDRESS = 'misaki@example.jp';

type Mail = { subject: string; text: string };

const mailsTo = async (development: Development, address: string): Promise<Mail[]> =>
  (await (await fetch(`${development.inboxUrl}/api/messages?to=${address}`)).json()) as Mail[];

/** The newest mail that contains `pattern`, once it has come; mail is sent by a background job. */
const awaitMail = async (development: Development, pattern: RegExp): Promise<RegExpExecArray> => {
  for (const until = Date.now() + 30_000; Date.now() < until; ) {
    for (const mail of await mailsTo(development, ADDRESS)) {
      const found = pattern.exec(`${mail.subject}\n${mail.text}`);
      if (found !== null) return found;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no mail with ${pattern}`);
};

/** Waits for a page by its heading, and has axe-core look at it: no violation of WCAG 2.2 A or AA anywhere. */
const heading = async (page: Page, name: string | RegExp): Promise<void> => {
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { runOnly: tags });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.html)
          .join(' ')
          .slice(0, 300)}`,
    );
  });
  assert.deepEqual(found, [], String(name));
};

/** Screenshots for the README are made when asked for, so that an ordinary run leaves the checkout as it was. */
const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env['AKASHI_PICTURES'] !== '1') return;
  await page.screenshot({ path: join(IMAGES, `${name}.png`), fullPage: false });
};

const signIn = async (page: Page, user: string): Promise<void> => {
  await page.locator('#username').fill(user);
  await page.locator('#password').fill(`demo-${user}`);
  await page.locator('button[value=password]').click();
  const consent = page.locator('button[value=accept]');
  await Promise.race([consent.waitFor(), page.waitForURL(/\/(terms|mail-address|order)/)]);
  if (await consent.isVisible()) await consent.click();
  await page.waitForURL(/\/(terms|mail-address|order)/);
};

/** Asked at the first login, before anything else. */
const agreeToTerms = async (page: Page): Promise<void> => {
  await heading(page, 'Terms of use');
  await page.getByRole('button', { name: 'Agree and go on' }).click();
  await heading(page, 'Terms of use');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'error-summary');
  await page.getByLabel('I agree to the terms of use').check();
  await page.getByRole('button', { name: 'Agree and go on' }).click();
};

const registerAddress = async (page: Page, development: Development): Promise<void> => {
  await heading(page, 'Mail address setting');
  await page.getByText('Be sure to read the Notes.').waitFor();
  await page.locator('input[name=address]').fill(ADDRESS);
  await page.locator('input[name=check]').fill(ADDRESS);
  await picture(page, '1-mail-address');
  await page.getByRole('button', { name: 'Check' }).click();
  await heading(page, 'Set mail address');
  await page.getByText('A confirmation mail has been sent.').waitFor();
  const [url] = await awaitMail(development, /http:\/\/\S+\/mail-address\/confirm\/\S+/);
  await page.goto(url);
  await page.getByRole('button', { name: 'Set mail address' }).click();
  await heading(page, 'Mail address setting complete');
  await page.getByRole('link', { name: 'Move to Login page' }).click();
};

/** The session ends while a form is open: what was typed in it is there again after signing in. */
const loseSession = async (page: Page, button: string): Promise<void> => {
  const typed = () =>
    page.locator('.stepper input').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  const before = await typed();
  const { pathname } = new URL(page.url());
  await page.context().clearCookies({ name: /akashi-session$/ });
  await page.getByRole('button', { name: button }).click();
  await heading(page, 'Please log in');
  await page.getByRole('main').getByRole('link', { name: 'Log in' }).click();
  await page.locator('button[value=accept]').click();
  await page.waitForURL((url) => url.pathname === pathname);
  assert.deepEqual(await typed(), before);
};

const order = async (page: Page): Promise<void> => {
  await heading(page, 'Select Printing Destination');
  await page.getByRole('radio', { name: /Convenience store/ }).check();
  await picture(page, '2-destination');
  await page.getByRole('button', { name: 'Go to certificates' }).click();
  await heading(page, 'Select certificates');
  for (const line of ['enrolment', 'transcript']) {
    for (const language of ['ja', 'en']) {
      await page.locator(`input[name$=".${line}.${language}"]`).first().fill('1');
    }
  }
  // The script adds up while one types: four certificates and the system fee.
  await page.locator('#total').getByText('1,420 yen').waitFor();
  await picture(page, '3-certificates');
  await loseSession(page, 'Go to confirmation');
  await page.getByRole('button', { name: 'Go to confirmation' }).click();
  await heading(page, 'Confirmation');
  const previews = page.locator('img');
  assert.ok((await previews.count()) >= 4);
  await previews.last().scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: /^Go to payment/ }).click();
};

const pay = async (page: Page): Promise<void> => {
  await heading(page, 'Payment');
  await page.getByRole('button', { name: /^Pay [\d,]+ yen/ }).click();
  await page.getByRole('link', { name: 'Continue to payment' }).click();
  await page.waitForURL(/\/pay\//);
  await page.locator('a[href*="card=success"]').click();
  await page.locator('form button').first().click();
  // The company sends the payer back by itself; somebody quicker than that presses the link.
  const back = page.locator('a.button[href*="/payment/return"]');
  await Promise.race([page.waitForURL(/\/orders\//), back.click().catch(() => {})]);
  await page.waitForURL(/\/orders\//);
};

const readTicket = async (page: Page): Promise<{ number: string; pin: string }> => {
  await page.locator('[data-ticket-number]').waitFor({ timeout: 60_000 });
  await picture(page, '4-print-number');
  const number = (await page.locator('[data-ticket-number]').getAttribute('data-ticket-number')) ?? '';
  await page.locator('.ticket-pin summary').click();
  const pin = (await page.locator('.ticket-pin .ticket-digits').innerText()).trim();
  return { number, pin };
};

/** At the copier: chain, number, PIN, coins, print; returns the address in the QR of the first sheet. */
const print = async (
  page: Page,
  development: Development,
  ticket: { number: string; pin: string },
): Promise<string> => {
  await page.goto(development.copierUrl);
  await page.locator('a.button').first().click();
  await page.getByRole('button', { name: 'English' }).click();
  // The names of the buttons are those of the ticket's steps.
  for (const name of ['Print service', 'Print certificates'])
    await page.getByRole('button', { name }).click();
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    await page.locator(`input[name=${name}]`).fill(ticket.number.slice(index * 4, index * 4 + 4));
  }
  await page.locator('input[name=pin]').fill(ticket.pin);
  await page.getByRole('button', { name: 'Next' }).click();
  const start = page.locator('form[action$="/print"] button');
  while (await start.isDisabled()) await page.locator('button[name=coin][value="100"]').click();
  await start.click();
  await page.getByText('Please take your sheets').waitFor({ timeout: 60_000 });
  return readSheet(page, await page.locator('a[href*="/tray/"]').first().getAttribute('href'));
};

/** Reads the QR of a printed sheet from its image, as a phone would. */
const readSheet = async (page: Page, href: string | null): Promise<string> => {
  const image = Buffer.from(await (await fetch(new URL(href ?? '', page.url()))).arrayBuffer());
  if (process.env['AKASHI_PICTURES'] === '1') writeFileSync(join(IMAGES, 'sheet.png'), image);
  const blank = await page.context().newPage();
  const pixels = await blank.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]));
    // The code stands at the foot, on the left; the rest of the sheet would only be carried about.
    const [width, height] = [Math.floor(picture.width * 0.4), Math.floor(picture.height * 0.25)];
    const canvas = new OffscreenCanvas(width * 2, height * 2);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(picture, 0, picture.height - height, width, height, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return { data: [...data], width: canvas.width, height: canvas.height };
  }, image.toString('base64'));
  await blank.close();
  const read = (jsqr as unknown as typeof jsqr.default)(
    Uint8ClampedArray.from(pixels.data),
    pixels.width,
    pixels.height,
  );
  assert.ok(read, 'the QR of the printed sheet can be read');
  return read.data;
};

const walk = async (browser: Browser, development: Development): Promise<void> => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 900, height: 1000 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.goto(development.url);
  await page.getByRole('link', { name: 'Login' }).first().click();
  await signIn(page, 'a0123456');
  await agreeToTerms(page);
  await registerAddress(page, development);
  await order(page);
  await pay(page);
  const ticket = await readTicket(page);
  const [, mailed] = await awaitMail(development, /(\d{4}[ -]?\d{4}[ -]?\d{4})/);
  assert.equal(mailed?.replace(/\D/g, ''), ticket.number.replace(/\D/g, ''));
  const address = await print(page, development, { ...ticket, number: ticket.number.replace(/\D/g, '') });
  assert.ok(address.startsWith(`${development.url}/verify#1`), address.slice(0, 40));
  const recipient = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await recipient.goto(address);
  await recipient.locator('.verdict[data-verdict=valid]').waitFor();
  await recipient.getByText('佐藤 美咲').first().waitFor();
  assert.ok(!recipient.url().includes('#'), 'the seal does not stay in the address bar');
  await picture(recipient, '5-verification');
  await page.goto(`${development.url}/orders`);
  await page
    .getByText(/^Printed/)
    .first()
    .waitFor();
  await useMenu(page);
  assert.deepEqual(failures, []);
};

const useMenu = async (page: Page): Promise<void> => {
  const open = async (name: string) => {
    await page.locator('.menu summary').click();
    await page
      .locator('.menu')
      .getByRole(name === 'Log out' ? 'button' : 'link', { name })
      .click();
  };
  await open('Manual');
  await page.waitForURL(/\/manual/);
  await page.locator('#language').selectOption('ja');
  await page.getByRole('heading', { level: 1, name: '操作マニュアル' }).waitFor();
  await page.locator('#language').selectOption('en');
  await heading(page, 'Manual');
  await open('Change mail address');
  await heading(page, 'Change mail address');
  await open('Log out');
  await page.getByText('still signed in at the university').waitFor();
};

test('a student signs in, registers an address, orders, pays, prints, and the sheet proves itself', () =>
  withDatabase(async ({ url }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-journey-'));
    const development = await startDevelopment({
      ports: await findFreePorts(),
      dataFolder,
      databaseUrl: url,
      logLevel: 'warn',
    });
    const browser = await openBrowser();
    try {
      await walk(browser, development);
    } catch (error) {
      const [page] = browser.contexts().flatMap((context) => context.pages());
      await page?.screenshot({ path: join(tmpdir(), 'akashi-journey.png'), fullPage: true });
      throw error;
    } finally {
      await browser.close();
      await development.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  }));
