import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import type { Database } from '#platform/database/database.ts';
import { arrive, awaitMail, signInAs, withDevelopment } from '#test/support/walk.ts';

const OLD = 'misaki@example.jp';
const NEW = 'misaki.new@example.jp';

/** Lets the sign-in look six minutes older than it is; the campus's clock is the machine's. */
const growOld = (db: Database): Promise<unknown> =>
  sql`update session set signed_in_at = signed_in_at - interval '6 minutes'`.execute(db);

const openMenu = async (page: Page, entry: string): Promise<void> => {
  await page.locator('.menu summary').click();
  await page.locator('.menu').getByRole('link', { name: entry }).click();
};

const fill = async (page: Page, address: string): Promise<void> => {
  await page.getByLabel('New mail address').fill(address);
  await page.getByLabel('Check', { exact: true }).fill(address);
};

test('manual 2.3: a mail address is changed through a fresh sign-in, and nothing typed is lost on the way', () =>
  withDevelopment(async ({ development, browser, db }) => {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(development.url);
    await page.getByRole('link', { name: 'Login' }).first().click();
    await signInAs(page, 'a0123456');
    await page.getByLabel('I agree to the terms of use').check();
    await page.getByRole('button', { name: 'Agree and go on' }).click();
    await arrive(page, 'Mail address setting');
    await page.locator('.menu summary').click();
    assert.deepEqual(await page.locator('.menu li').allInnerTexts(), ['Manual', 'Log out']);
    for (const closed of ['/login-and-security', '/orders', '/mail-address/change']) {
      await page.goto(development.url + closed);
      assert.equal(new URL(page.url()).pathname, '/mail-address', closed);
    }
    await sql`update account set mail_address = ${OLD}, mail_verified_at = now()`.execute(db);

    await page.goto(`${development.url}/order/destination`);
    await page.locator('.menu summary').click();
    assert.deepEqual(await page.locator('.menu li').allInnerTexts(), [
      'Change mail address',
      'Manual',
      'My orders',
      'Login & security',
      'Log out',
    ]);
    await page.keyboard.press('Escape');

    // A sign-in older than five minutes is renewed at the campus, which asks for the password again.
    await growOld(db);
    await openMenu(page, 'Change mail address');
    await page.locator('#password').waitFor();
    await signInAs(page, 'a0123456');
    await arrive(page, 'Change mail address');
    await page.getByText('m•••@example.jp').waitFor();

    // The five minutes pass while the form is open.
    await fill(page, NEW);
    await growOld(db);
    await page.getByRole('button', { name: 'Check' }).click();
    await arrive(page, 'Please log in again');
    await page.getByRole('main').getByRole('link', { name: 'Log in' }).click();
    await page.locator('#password').waitFor();
    await signInAs(page, 'a0123456');
    await arrive(page, 'Change mail address');
    await page.getByText('what you entered is still here').waitFor();
    assert.equal(await page.getByLabel('New mail address').inputValue(), NEW);
    await page.getByRole('button', { name: 'Check' }).click();
    await arrive(page, 'Set mail address');
    const asked = await awaitMail(development, OLD, /A change of your email address was requested/);
    assert.ok(asked);

    // A renewed sign-in in the same browser, and the pending change is still good.
    await page.goto(`${development.url}/sign-in?fresh=1&return=/mail-address/waiting`);
    await signInAs(page, 'a0123456');
    await arrive(page, 'Set mail address');
    const [url] = await awaitMail(development, NEW, /http:\S+\/mail-address\/confirm\/\S+/);
    await page.goto(url);
    await arrive(page, 'Confirm your mail address');
    await page.getByRole('button', { name: 'Change mail address' }).click();
    await arrive(page, 'Your mail address has been changed.');
    const { mail_address } = await db.selectFrom('account').select('mail_address').executeTakeFirstOrThrow();
    assert.equal(mail_address, NEW);
    await awaitMail(development, OLD, /\/mail-address\/undo\//);
    await page.getByRole('button', { name: 'Sign out other sessions' }).click();
    await arrive(page, 'Your mail address has been changed.');
  }));
