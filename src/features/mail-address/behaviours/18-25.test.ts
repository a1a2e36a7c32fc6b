import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { AkashiError } from '#domain/error.ts';
import { noteBounce as noteReport } from '#platform/mail/bounce-intake.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import { createShell } from '#platform/web/shell.ts';
import { withDatabase } from '#test/support/database.ts';
import { addAccount, addSession, BASE, houseOn, twice } from '#test/support/mail-address-house.ts';
import { confirmByLink } from '../confirm-address.ts';
import { noteBounce } from '../note-bounce.ts';
import { requestAddress } from '../request-address.ts';
import { cancelRequest, showAddress } from '../staff.ts';

const withHouse = houseOn(withDatabase);

test('18 the address is never an identity key: two accounts may share one', () =>
  withHouse(async ({ dependencies, db, clock, newestMail, addressOf, student }) => {
    const other = await addAccount(db, 'other', null);
    for (const who of [student, other]) {
      clock.advance({ seconds: 1 });
      await requestAddress(dependencies, who, 'shared@example.jp');
      await confirmByLink(dependencies, (await newestMail('shared@example.jp')).token, null);
    }
    assert.equal(await addressOf(student), 'shared@example.jp');
    assert.equal(await addressOf(other), 'shared@example.jp');
  }));

test('19 opened while signed in as somebody else: it stops and explains', () =>
  withHouse(async ({ dependencies, db, as, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { path } = await newestMail('a@example.jp');
    const other = await addAccount(db, 'other', 'o@example.jp');
    for (const answer of [await as(other).get(path), await as(other).post(path)]) {
      assert.equal(answer.status, 409);
      assert.match(await answer.text(), /You are logged in as somebody else/);
    }
    assert.equal(await addressOf(student), null);
    assert.equal(await addressOf(other), 'o@example.jp');
    assert.equal((await as(student).post(path)).status, 200);
  }));

test('20 staff can see and cancel a pending request, with name and reason kept, and never set an address', () =>
  withHouse(async ({ dependencies, db, as, newestMail, addressOf, student, events }) => {
    await requestAddress(dependencies, student, 'typo@example.jp');
    const why = { by: 'sato', reason: 'asked by telephone' };
    const view = await showAddress(dependencies, student.principalName, why);
    assert.equal(view.pending?.address, 'typo@example.jp');
    assert.equal(view.pending?.delivery, 'queued');
    assert.equal(await cancelRequest(dependencies, student.principalName, why), true);
    assert.equal(await cancelRequest(dependencies, student.principalName, why), false);
    assert.equal((await showAddress(dependencies, student.principalName, why)).pending, null);
    const answer = await as(null).post((await newestMail('typo@example.jp')).path);
    assert.match(await answer.text(), /The office cancelled this request/);
    assert.match(await (await as(student).get('/mail-address/waiting')).text(), /The office cancelled/);
    assert.equal(await addressOf(student), null);
    assert.deepEqual(await events(), [
      'mail-address.requested',
      'mail-address.shown',
      'mail-address.cancelled',
      'mail-address.shown',
    ]);
    const kept = await db
      .selectFrom('audit_event')
      .select(['actor', 'data'])
      .where('type', '=', 'mail-address.cancelled')
      .executeTakeFirstOrThrow();
    assert.equal(kept.actor, 'staff:sato');
    assert.equal((kept.data as { reason: string }).reason, why.reason);
    await assert.rejects(showAddress(dependencies, 'nobody', why), AkashiError);
  }));

test('21 after a change it offers to sign out other sessions', () =>
  withHouse(async ({ dependencies, db, as, newestMail, student, events }) => {
    const other = await addSession(db, 'student', student.accountId, 'old@example.jp');
    await requestAddress(dependencies, student, 'new@example.jp');
    const done = await as(student).post((await newestMail('new@example.jp')).path);
    assert.match(await done.text(), /Sign out other sessions/);
    assert.match(await (await as(student).get('/mail-address/waiting')).text(), /Sign out other sessions/);
    assert.equal((await as(student).post('/mail-address/other-sessions')).status, 200);
    const ended = await db.selectFrom('session').select('id').where('ended_at', 'is not', null).execute();
    assert.deepEqual(ended, [{ id: other.id }]);
    assert.ok((await events()).includes('session.others-closed'));
  }, 'old@example.jp'));

test('22 a second click says “already done”; an expired link says how to go on', () =>
  withHouse(async ({ dependencies, db, clock, as, newestMail, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { path } = await newestMail('a@example.jp');
    await as(null).post(path);
    for (const again of [await as(null).post(path), await as(null).get(path)]) {
      assert.equal(again.status, 200);
      assert.match(await again.text(), /Already done/);
    }
    const other = await addAccount(db, 'other', null);
    await requestAddress(dependencies, other, 'b@example.jp');
    const late = await newestMail('b@example.jp');
    clock.advance({ minutes: 31 });
    const expired = await as(null).post(late.path);
    assert.equal(expired.status, 410);
    assert.match(await expired.text(), /Log in and press Send again/);
    assert.equal((await as(other).post('/mail-address/again')).status, 303);
    assert.equal((await as(null).post((await newestMail('b@example.jp')).path)).status, 200);
  }));

test('23 the token stays in the path and out of logs, referrers and caches', () =>
  withHouse(async ({ dependencies, as, newestMail, student }) => {
    await requestAddress(dependencies, student, 'a@example.jp');
    const { path, token } = await newestMail('a@example.jp');
    const page = await as(null).get(path);
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.doesNotMatch(path, /\?/);
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const refuse = () => new Response(null, { status: 500 });
    const shell = createShell({ log, baseUrl: BASE, machinePaths: [], maximumBodyBytes: 1000, refuse });
    shell.get('/mail-address/confirm/:token', () => {
      throw new Error('broken');
    });
    await shell.request(path);
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.includes(token), false);
  }));

test('24 the form folds with a notice, hints at typing slips once, refuses with each own message, keeps what was typed', () =>
  withHouse(async ({ as, options, newestMail, student, clock }) => {
    const ask = (address: string, check = address, more = {}) =>
      as(student).post('/mail-address', { address, check, ...more });
    const folded = await ask('ｈａｎａ＠example.jp', 'hana@example.jp');
    assert.equal(folded.headers.get('location'), '/mail-address/waiting?folded=1');
    const waiting = await as(student).get('/mail-address/waiting?folded=1');
    assert.match(await waiting.text(), /Full-width characters were changed/);
    clock.advance({ minutes: 1 });
    const hint = await ask('hana@gmial.com');
    assert.equal(hint.status, 422);
    assert.match(await hint.text(), /Did you mean hana@gmail\.com\?/);
    assert.equal((await ask('hana@gmial.com', 'hana@gmial.com', { asked: 'hana@gmial.com' })).status, 303);
    clock.advance({ minutes: 1 });
    const refused = await ask('hana b@example.jp', 'x');
    const page = await refused.text();
    assert.match(page, /There is a space inside the address/);
    assert.match(page, /value="hana b@example\.jp"/);
    assert.match(page, /href="#address"/);
    assert.match(page, /Be sure to read the Notes\./);
    assert.doesNotMatch(page, /onpaste/);
    assert.match(await (await ask('花子@example.jp')).text(), /A character before the @ cannot be used/);
    options.smtpUtf8 = true;
    assert.equal((await ask('花子@日本語.jp')).status, 303);
    assert.match((await newestMail('花子@xn--wgv71a119e.jp')).text, /Code: /);
    clock.advance({ minutes: 1 });
    assert.equal((await ask('hana..ko.@docomo.ne.jp')).status, 303);
  }));

test('25 a bounce marks the address, shows a banner at the next sign-in, and every step is in the audit log', () =>
  withHouse(async ({ as, db, clock, dependencies, newestMail, student, events }) => {
    const mail = { to: 'old@example.jp', subject: 's', text: 't', html: 'h', kind: 'order', reference: null };
    const mailId = await queueMail(db, clock, mail);
    await db
      .updateTable('mail_outbox')
      .set({ state: 'sent', sent_at: clock.now() })
      .where('id', '=', mailId)
      .execute();
    const race = await Promise.all(
      Array.from({ length: 4 }, () => noteReport({ db, clock }, mailId, '5.1.1')),
    );
    assert.equal(race.filter(Boolean).length, 1);
    assert.equal(await (await as(student).get('/orders')).text(), 'orders');
    await noteBounce({ db, clock }, mailId);
    await noteBounce({ db, clock }, mailId);
    const banner = await (await as(student).get('/orders')).text();
    assert.match(banner, /o•••@example\.jp does not arrive.*no such mail address/);
    assert.deepEqual(await events(), ['mail.bounced', 'mail-address.bounced']);
    await requestAddress(dependencies, student, 'new@example.jp');
    clock.advance({ seconds: 1 });
    await as(null).post((await newestMail('new@example.jp')).path);
    assert.equal(await (await as(student).get('/orders')).text(), 'orders');
  }, 'old@example.jp'));

test('25 a refused confirmation mail is told on its own page with a plain reason', () =>
  withHouse(async ({ as, db, dependencies, clock, newestMail, student, events }) => {
    await requestAddress(dependencies, student, 'nobody@example.jp');
    const { id } = await newestMail('nobody@example.jp');
    await db
      .updateTable('mail_outbox')
      .set({ state: 'failed', refused_status: '5.2.2' })
      .where('id', '=', id)
      .execute();
    await noteBounce({ db, clock }, id);
    const page = await (await as(student).get('/mail-address/waiting')).text();
    assert.match(page, /It did not arrive\. The mailbox is full\./);
    assert.match(page, /class="button" href="\/mail-address\?another=1"/);
    assert.deepEqual(await events(), ['mail-address.requested', 'mail-address.refused']);
  }));

test('until an address is verified everything else leads to the setting', () =>
  withHouse(async ({ as, student }) => {
    assert.equal((await as(student).get('/orders')).headers.get('location'), '/mail-address');
    assert.equal((await as(student).post('/mail-address', twice('a@example.jp'))).status, 303);
    assert.equal((await as(student).get('/orders')).headers.get('location'), '/mail-address');
  }));

test('a campus address near graduation gets a friendly prompt, which can be put off for 30 days', () =>
  withHouse(async ({ as, clock, options, student }) => {
    const orders = async () => (await as(student).get('/orders')).text();
    assert.equal(await orders(), 'orders');
    options.graduation = Temporal.PlainDate.from('2027-05-25');
    assert.equal(await orders(), 'orders');
    options.graduation = Temporal.PlainDate.from('2027-03-24');
    assert.match(await orders(), /Change to a private address/);
    assert.equal((await as(student).post('/mail-address/later')).status, 303);
    assert.equal(await orders(), 'orders');
    clock.advance({ hours: 24 * 30 });
    assert.match(await orders(), /Change to a private address/);
  }, 'a01@st.akatsuki.example'));
