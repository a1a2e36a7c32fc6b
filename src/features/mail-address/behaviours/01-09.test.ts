import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { withDatabase } from '#test/support/database.ts';
import { addAccount, houseOn, twice, wrongCode } from '#test/support/mail-address-house.ts';
import { confirmByCode, confirmByLink } from '../confirm-address.ts';
import { requestAddress } from '../request-address.ts';

const withHouse = houseOn(withDatabase);

test('01 GET and HEAD never consume the link; a POST does', () =>
  withHouse(async ({ as, newestMail, addressOf, student }) => {
    const answer = await as(student).post('/mail-address', twice('a@example.jp'));
    assert.equal(answer.headers.get('location'), '/mail-address/waiting');
    const { path } = await newestMail('a@example.jp');
    for (const method of ['GET', 'HEAD', 'GET']) assert.equal((await as(null).get(path, method)).status, 200);
    assert.equal(await addressOf(student), null);
    assert.equal((await as(null).post(path)).status, 200);
    assert.equal(await addressOf(student), 'a@example.jp');
  }));

test('02 a 6-digit code typed on the waiting page works as well as the link; five wrong tries void both', () =>
  withHouse(async ({ as, db, dependencies, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { code } = await newestMail('a@example.jp');
    assert.match(await (await as(student).get('/mail-address/waiting')).text(), /6-digit code/);
    const spaced = ` ${code.slice(0, 3)} ${code.slice(3)} `.replace(/\d/g, (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    );
    assert.equal((await as(student).post('/mail-address/code', { code: spaced })).status, 303);
    assert.equal(await addressOf(student), 'a@example.jp');
    const other = await addAccount(db, 'other', null);
    await requestAddress(dependencies, other, 'b@example.jp');
    const mail = await newestMail('b@example.jp');
    for (const left of [4, 3, 2, 1]) {
      const answer = await as(other).post('/mail-address/code', { code: wrongCode(mail.code) });
      assert.equal(answer.status, 422);
      assert.match(await answer.text(), new RegExp(`Tries left: ${left}`));
    }
    const last = await as(other).post('/mail-address/code', { code: wrongCode(mail.code) });
    assert.match(await last.text(), /entered wrongly 5 times/);
    assert.equal((await as(other).post('/mail-address/code', { code: mail.code })).status, 422);
    assert.equal((await as(null).post(mail.path)).status, 410);
    assert.equal(await addressOf(other), null);
  }));

test('03 the link works on another device, and the page that waits notices', () =>
  withHouse(async ({ as, dependencies, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const state = async () =>
      ((await (await as(student).get('/mail-address/waiting/state')).json()) as { state: string }).state;
    assert.equal(await state(), 'open');
    const { path } = await newestMail('a@example.jp');
    assert.match(await (await as(null, '198.51.100.7').post(path)).text(), /Move to Login page/);
    assert.equal(await addressOf(student), 'a@example.jp');
    assert.equal(await state(), 'confirmed');
    assert.match(await (await as(student).get('/mail-address/waiting?asked=1')).text(), /Continue/);
  }));

test('04 completion creates no session', () =>
  withHouse(async ({ as, db, dependencies, newestMail, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const done = await as(null).post((await newestMail('a@example.jp')).path);
    assert.equal(done.headers.get('set-cookie'), null);
    const page = await done.text();
    assert.match(page, /Mail address setting complete/);
    assert.match(page, /Your mail address has been set\./);
    assert.match(page, /href="\/sign-in"/);
    assert.equal((await db.selectFrom('session').select('id').execute()).length, 1);
  }));

test('05 the token has 256 random bits, and only its SHA-256 is stored', () =>
  withHouse(async ({ dependencies, db, newestMail, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { token, code } = await newestMail('a@example.jp');
    assert.equal(Buffer.from(token, 'base64url').length, 32);
    const row = await db
      .selectFrom('mail_address_request')
      .select(['token_hash', 'code_hash'])
      .executeTakeFirstOrThrow();
    assert.deepEqual(row.token_hash, createHash('sha256').update(token).digest());
    assert.notDeepEqual(row.code_hash, createHash('sha256').update(code).digest());
  }));

test('06 single use is atomic: of eight clicks at once one sets the address', () =>
  withHouse(async ({ dependencies, newestMail, student, events }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { token, code } = await newestMail('a@example.jp');
    const links = Array.from({ length: 6 }, () => confirmByLink(dependencies, token, null));
    const codes = Array.from({ length: 2 }, () => confirmByCode(dependencies, student.accountId, code));
    await Promise.all([...links, ...codes]);
    assert.deepEqual(await events(), ['mail-address.requested', 'mail-address.set']);
    const again = await Promise.all(links);
    assert.ok(again.every(({ kind }) => kind === 'done' || kind === 'used'));
  }));

test('07 attempts are limited, also when they come at once', () =>
  withHouse(async ({ dependencies, newestMail, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { code, token } = await newestMail('a@example.jp');
    const tries = Array.from({ length: 8 }, () =>
      confirmByCode(dependencies, student.accountId, wrongCode(code)),
    );
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === 'wrong').length, 5);
    assert.equal((await confirmByCode(dependencies, student.accountId, code)).kind, 'closed');
    assert.equal((await confirmByLink(dependencies, token, null)).kind, 'void');
  }));

test('08 the link works for 30 minutes, named as a clock time', () =>
  withHouse(async ({ dependencies, clock, as, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { path, text } = await newestMail('a@example.jp');
    assert.match(text, /Due date for the URL: 30 minutes \(until 10:30, Japan time\)/);
    assert.match(await (await as(student).get('/mail-address/waiting')).text(), /10:30/);
    clock.advance({ minutes: 29, seconds: 59 });
    assert.equal((await as(null).get(path)).status, 200);
    clock.advance({ seconds: 1 });
    assert.equal((await as(null).get(path)).status, 410);
    assert.equal((await as(null).post(path)).status, 410);
    assert.match(await (await as(student).get('/mail-address/waiting')).text(), /expired: press Send again/);
    assert.equal(await addressOf(student), null);
  }));

test('09 a newer request voids older links, and the old link says so', () =>
  withHouse(async ({ dependencies, clock, as, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const first = await newestMail('a@example.jp');
    clock.advance({ seconds: 60 });
    assert.equal((await as(student).post('/mail-address/again')).status, 303);
    const second = await newestMail('a@example.jp');
    assert.notEqual(second.path, first.path);
    const old = await as(null).post(first.path);
    assert.equal(old.status, 410);
    assert.match(await old.text(), /Use the URL of the newest mail/);
    assert.equal(await addressOf(student), null);
    assert.equal((await as(null).post(second.path)).status, 200);
  }));
