import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPersonal } from '#platform/audit/personal.ts';
import { withDatabase } from '#test/support/database.ts';
import { addAccount, addSession, houseOn, twice } from '#test/support/mail-address-house.ts';
import { confirmByLink } from '../confirm-address.ts';
import { requestAddress } from '../request-address.ts';
import { hasOpenUndo } from '../undo-store.ts';

const withHouse = houseOn(withDatabase);

test('10 cool-downs: 60 s, five an hour and ten a day an account, five an hour a target; strangers slow down after 300 an hour', async (t) => {
  await t.test('an account', () =>
    withHouse(async ({ dependencies, clock, student }) => {
      const ask = async (address: string) => (await requestAddress(dependencies, student, address)).kind;
      const race = await Promise.all(Array.from({ length: 6 }, () => ask('a@example.jp')));
      assert.equal(race.filter((kind) => kind === 'sent').length, 1);
      clock.advance({ seconds: 59 });
      assert.equal(await ask('b@example.jp'), 'limited');
      clock.advance({ seconds: 1 });
      assert.equal(await ask('b@example.jp'), 'sent');
      for (let sent = 2; sent < 5; sent += 1) {
        clock.advance({ minutes: 2 });
        assert.equal(await ask('b@example.jp'), 'sent');
      }
      clock.advance({ minutes: 2 });
      assert.equal(await ask('c@example.jp'), 'limited');
      clock.advance({ hours: 1 });
      for (let sent = 5; sent < 10; sent += 1) {
        assert.equal(await ask(`${sent}@example.jp`), 'sent');
        clock.advance({ minutes: 13 });
      }
      assert.equal(await ask('d@example.jp'), 'limited');
      clock.advance({ hours: 24 });
      assert.equal(await ask('d@example.jp'), 'sent');
    }),
  );

  await t.test('a form sent twice is answered twice and mailed once', () =>
    withHouse(async ({ as, db, clock, student }) => {
      const send = async (address: string) => {
        const answer = await as(student).post('/mail-address', twice(address));
        return [answer.status, answer.headers.get('location')];
      };
      const waiting = [303, '/mail-address/waiting'];
      const mails = () => db.selectFrom('mail_outbox').select('id').execute();
      const both = await Promise.all([send('a@example.jp'), send('a@example.jp')]);
      assert.deepEqual(both, [waiting, waiting]);
      assert.deepEqual(await send('b@example.jp'), [422, null]);
      clock.advance({ seconds: 59 });
      assert.deepEqual(await send('a@example.jp'), waiting);
      assert.equal((await mails()).length, 1);
      clock.advance({ seconds: 1 });
      assert.deepEqual(await send('a@example.jp'), waiting);
      assert.equal((await mails()).length, 2);
    }),
  );

  await t.test('a target, whatever its letters’ case', () =>
    withHouse(async ({ dependencies, db, clock }) => {
      const accounts = await Promise.all(
        Array.from({ length: 6 }, (_, index) => addAccount(db, `s${index}`, null)),
      );
      const kinds: string[] = [];
      for (const [index, account] of accounts.entries()) {
        clock.advance({ seconds: 1 });
        const address = index % 2 === 0 ? 'same@example.jp' : 'SAME@example.jp';
        kinds.push((await requestAddress(dependencies, account, address)).kind);
      }
      assert.deepEqual(kinds, ['sent', 'sent', 'sent', 'sent', 'sent', 'limited']);
    }),
  );

  await t.test('a network prefix where nobody is signed in, except the campus', () =>
    withHouse(async ({ as, waits, clock }) => {
      const link = '/mail-address/confirm/unknown';
      const click = async (from: string) => assert.equal((await as(null, from).post(link)).status, 404);
      for (let n = 0; n < 300; n += 1) await click(`203.0.113.${n % 250}`);
      assert.deepEqual(waits, []);
      await click('203.0.113.9');
      assert.deepEqual(waits, [2000]);
      await click('198.51.100.9');
      for (let n = 0; n < 400; n += 1) await click('192.0.2.1');
      assert.deepEqual(waits, [2000]);
      clock.advance({ hours: 1 });
      await click('203.0.113.9');
      assert.deepEqual(waits, [2000]);
    }),
  );

  // 3,000 at once, over HTTP, in the soak tier.
  const students = 30;
  await t.test(`${students} first registrations from one campus address in ten minutes are all served`, () =>
    withHouse(async ({ as, db, clock, waits, newestMail }) => {
      for (let n = 0; n < students; n += 1) {
        const student = await addAccount(db, `s${n}`, null);
        const address = `s${n}@example.jp`;
        const asked = await as(student, '192.0.2.1').post('/mail-address', twice(address));
        assert.equal(asked.headers.get('location'), '/mail-address/waiting');
        const done = await as(null, '192.0.2.1').post((await newestMail(address)).path);
        assert.equal(done.status, 200);
        clock.advance({ milliseconds: Math.floor(600_000 / students) });
      }
      const set = await db.selectFrom('account').select('id').where('mail_address', 'is not', null).execute();
      assert.equal(set.length, students);
      assert.deepEqual(waits, []);
    }),
  );
});

test('11 the pending address is kept apart; the old one stays in force', () =>
  withHouse(async ({ as, newestMail, addressOf, student }) => {
    assert.equal((await as(student).post('/mail-address/change', twice('new@example.jp'))).status, 303);
    assert.equal(await addressOf(student), 'old@example.jp');
    await as(null).get((await newestMail('new@example.jp')).path);
    assert.equal(await addressOf(student), 'old@example.jp');
    await as(null).post((await newestMail('new@example.jp')).path);
    assert.equal(await addressOf(student), 'new@example.jp');
  }, 'old@example.jp'));

test('12 a change is bound to the address it replaces', () =>
  withHouse(async ({ dependencies, db, as, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'new@example.jp');
    await db.updateTable('account').set({ mail_address: 'third@example.jp' }).execute();
    const answer = await as(null).post((await newestMail('new@example.jp')).path);
    assert.equal(answer.status, 410);
    assert.match(await answer.text(), /the address was changed since/);
    assert.equal(await addressOf(student), 'third@example.jp');
  }, 'old@example.jp'));

test('13 and to the session that asked: signing that one out voids it, signing out another does not', () =>
  withHouse(async ({ dependencies, db, clock, newestMail, addressOf, student }) => {
    await requestAddress(dependencies, student, 'new@example.jp');
    const end = () =>
      db.updateTable('session').set({ ended_at: clock.now() }).where('id', '=', student.id).execute();
    await end();
    const { token } = await newestMail('new@example.jp');
    assert.equal((await confirmByLink(dependencies, token, null)).kind, 'void');
    assert.equal(await addressOf(student), 'old@example.jp');
    const other = await addAccount(db, 'other', 'x@example.jp');
    await requestAddress(dependencies, other, 'y@example.jp');
    await end();
    const second = (await newestMail('y@example.jp')).token;
    assert.equal((await confirmByLink(dependencies, second, null)).kind, 'done');
  }, 'old@example.jp'));

test('13 a renewed sign-in in the same browser goes on with what it had asked; signing that out voids it', () =>
  withHouse(async ({ dependencies, db, clock, newestMail, student }) => {
    const renewed = await addSession(db, 'student', student.accountId, 'old@example.jp');
    const set = (id: string, change: { ended_at: Temporal.Instant } | { line_id: string }) =>
      db.updateTable('session').set(change).where('id', '=', id).execute();
    const confirm = async (address: string) =>
      (await confirmByLink(dependencies, (await newestMail(address)).token, null)).kind;
    await set(renewed.id, { line_id: student.id });
    await requestAddress(dependencies, student, 'new@example.jp');
    await set(student.id, { ended_at: clock.now() });
    assert.equal(await confirm('new@example.jp'), 'done');
    clock.advance({ minutes: 1 });
    await requestAddress(dependencies, renewed, 'newer@example.jp');
    await set(renewed.id, { ended_at: clock.now() });
    await addSession(db, 'student', student.accountId, 'new@example.jp');
    assert.equal(await confirm('newer@example.jp'), 'void');
  }, 'old@example.jp'));

test('14 a change needs a sign-in of the last five minutes; older ones go through the campus sign-in again', () =>
  withHouse(async ({ as, clock, student, events }) => {
    clock.advance({ minutes: 5 });
    assert.match(await (await as(student).get('/mail-address/change')).text(), /o•••@example.jp/);
    clock.advance({ seconds: 1 });
    const door = '/sign-in?fresh=1&return=%2Fmail-address%2Fchange';
    assert.equal((await as(student).get('/mail-address/change')).headers.get('location'), door);
    const posted = await as(student).post('/mail-address/change', twice('new@example.jp'));
    assert.match(await posted.text(), new RegExp(door.replace('?', '\\?').replace('&', '&amp;')));
    assert.deepEqual(await events(), []);
    const fresh = { ...student, signedInAt: clock.now() };
    assert.equal((await as(fresh).post('/mail-address/change', twice('new@example.jp'))).status, 303);
  }, 'old@example.jp'));

test('15 the old address is told at request and at completion', () =>
  withHouse(async ({ as, clock, newestMail, student }) => {
    await as(student).post('/mail-address/change', twice('new@example.jp'));
    const asked = await newestMail('old@example.jp');
    assert.match(asked.text, /A change of your email address was requested/);
    assert.doesNotMatch(asked.text, /new@example/);
    clock.advance({ minutes: 1 });
    await as(null).post((await newestMail('new@example.jp')).path);
    assert.match((await newestMail('old@example.jp')).text, /Your email address was changed/);
  }, 'old@example.jp'));

test('16 the old address gets an undo link for 72 hours; the change stays marked until then', () =>
  withHouse(async ({ clock, db, as, newestMail, addressOf, student, dependencies }) => {
    const change = async (address: string) => {
      await requestAddress(dependencies, student, address);
      clock.advance({ minutes: 1 });
      await as(null).post((await newestMail(address)).path);
    };
    await change('new@example.jp');
    assert.equal(await hasOpenUndo(db, student.accountId, clock.now()), true);
    const { path } = await newestMail('old@example.jp');
    for (const method of ['GET', 'HEAD']) assert.equal((await as(null).get(path, method)).status, 200);
    assert.equal(await addressOf(student), 'new@example.jp');
    clock.advance({ hours: 71, minutes: 59 });
    const race = await Promise.all(Array.from({ length: 4 }, () => as(null).post(path)));
    assert.deepEqual(race.map(({ status }) => status).sort(), [200, 410, 410, 410]);
    assert.equal(await addressOf(student), 'old@example.jp');
    assert.equal(await hasOpenUndo(db, student.accountId, clock.now()), false);
    await change('new2@example.jp');
    const late = await newestMail('old@example.jp');
    clock.advance({ hours: 72 });
    assert.equal((await as(null).post(late.path)).status, 410);
    assert.equal(await addressOf(student), 'new2@example.jp');
    const marked = await db
      .selectFrom('audit_event')
      .select('data')
      .where('type', '=', 'mail-address.changed')
      .execute();
    for (const { data } of marked) assert.match((data as { undoUntil: string }).undoUntil, /^2026-/);
    const values = await readPersonal(db, `account:${student.accountId}`);
    const undone = values.find(({ type }) => type === 'mail-address.change-undone')?.values;
    assert.deepEqual(undone, { before: 'new@example.jp', after: 'old@example.jp' });
  }, 'old@example.jp'));

test('17 the same answer whether or not the address is known elsewhere', () =>
  withHouse(async ({ as, db, student }) => {
    await addAccount(db, 'owner', 'known@example.jp');
    const other = await addAccount(db, 'other', null);
    const ask = async (who: typeof student, address: string) => {
      const answer = await as(who).post('/mail-address', twice(address));
      const page = await (await as(who).get('/mail-address/waiting')).text();
      return [answer.status, answer.headers.get('location'), page.replaceAll(address, 'ADDRESS')];
    };
    assert.deepEqual(await ask(student, 'known@example.jp'), await ask(other, 'kremlin@example.jp'));
  }));
