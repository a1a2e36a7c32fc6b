import assert from 'node:assert/strict';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { listWaiting } from '#features/issuance/index.ts';
import { describeWaiting } from '#src/commands/waiting.ts';
import { openMachine } from '#test/support/copier.ts';
import { BAD_MOODS } from './outages/fickle-party.ts';
import { withOutageHouse } from './outages/outage-house.ts';
import * as steps from './outages/steps.ts';
import { openVisitor } from './outages/visitor.ts';

/** Each waits for silence as long as the service does; they wait side by side. */
describe('what is away for a while is waited for, and everything catches up by itself', {
  concurrency: true,
}, () => {
  test('the mail relay: the page says what it waits for, and the mail comes once', () =>
    withOutageHouse(async (house) => {
      const visitor = await openVisitor(house, null);
      await house.mail.become('refuses');
      const typed = { address: 'misaki@example.jp', check: 'misaki@example.jp' };
      assert.match((await visitor.post('/mail-address', typed)).text, /Waiting to be sent/);
      const moods = ['refuses', 'hangs', 'babbles', 'babbles', 'babbles'] as const;
      for (const mood of moods) {
        await house.mail.become(mood);
        await house.pass({ minutes: 3 });
        const english = await visitor.get('/mail-address/waiting');
        assert.match(english.text, /The mail server is busy. We send it again by ourselves/, mood);
        const japanese = await visitor.get('/mail-address/waiting', 'ja');
        assert.match(japanese.text, /自動で送り直しますので、このままお待ちください/, mood);
      }
      assert.match((await describeWaiting(house.db)).join('\n'), /"kind":"mail".*"mails":1/);
      await house.mail.become('well');
      await house.pass({ minutes: 10 });
      assert.match((await visitor.get('/mail-address/waiting')).text, /Accepted by the mail server/);
      assert.equal(house.relay.received.length, 1);
      const { text = '' } = await simpleParser(house.relay.received[0]?.raw ?? '');
      const link = /\/mail-address\/confirm\/[\w-]+/.exec(text)?.[0] ?? '';
      assert.equal((await visitor.post(link, {})).status, 200);
    }));

  test('the payment company: the page says so, and what was asked for again and again is done once', () =>
    withOutageHouse(async (house) => {
      const visitor = await openVisitor(house);
      const number = await steps.order(house, visitor);
      for (const mood of BAD_MOODS) {
        await house.company.become(mood);
        const english = await steps.beginPayment(visitor, number);
        assert.equal(english.status, 503, mood);
        assert.match(english.text, /The payment company cannot be reached Nothing was paid just now/, mood);
        assert.match(english.text, new RegExp(`${number}.*Try again`), mood);
      }
      const japanese = await steps.beginPayment(visitor, number, 'ja');
      assert.match(japanese.text, /決済会社に接続できません 今の操作では、お支払いは行われていません/);
      assert.match(japanese.text, new RegExp(`${number}.*もう一度試す`));
      assert.equal(await steps.stateOf(house, number), 'awaiting_payment');

      await house.company.become('well');
      const checkoutId = steps.checkoutOn(await steps.beginPayment(visitor, number));
      assert.equal(steps.companyBooks(house).checkouts.length, 1, 'one checkout');
      // Paid while the company does not answer us, and its webhook is lost: the sweep learns of it.
      await house.company.become('refuses');
      await steps.payAtCompany(house, checkoutId);
      const returned = await visitor.get(`/orders/${number}/payment/return`);
      assert.match(returned.text, /We are asking the payment company/);
      await house.pass({ minutes: 4 });
      assert.equal(await steps.stateOf(house, number), 'awaiting_payment');
      await house.company.become('well');
      await house.pass({ minutes: 4 });
      assert.equal(await steps.stateOf(house, number), 'ready');

      // Cancelled while the company is away, an order cannot be paid once it is back.
      const unpaid = await steps.order(house, visitor);
      const open = steps.checkoutOn(await steps.beginPayment(visitor, unpaid));
      const atCompany = () => steps.companyBooks(house).checkouts.find(({ id }) => id === open)?.state;
      await house.company.become('refuses');
      await visitor.post(`/orders/${unpaid}/cancel`, {});
      await house.work();
      assert.equal(atCompany(), 'open');
      await house.company.become('well');
      await house.pass({ minutes: 1 });
      assert.equal(atCompany(), 'cancelled');

      await visitor.post(`/orders/${number}/cancel`, {});
      for (const mood of ['refuses', 'babbles', 'forgets'] as const) {
        await house.company.become(mood);
        await house.pass({ minutes: 4 });
        assert.match(await steps.stateOf(house, number), /^refund_/, mood);
      }
      await house.company.become('well');
      await house.pass({ minutes: 20 });
      assert.equal(await steps.stateOf(house, number), 'refunded');
      assert.equal(steps.companyBooks(house).refunds.length, 1, 'given back once');
    }));

  test('the timestamp authority: a sent document waits with its reason, and then becomes B-LTA', () =>
    withOutageHouse(async (house) => {
      const visitor = await openVisitor(house);
      await house.timestamps.become('refuses');
      const number = await steps.order(house, visitor, 'digital');
      await steps.payFor(house, visitor, number);
      assert.equal(await steps.stateOf(house, number), 'sent', 'sending waits for no timestamp');
      const problems: string[] = [];
      for (const mood of BAD_MOODS) {
        await house.timestamps.become(mood);
        await house.pass({ minutes: 10 });
        const [waiting] = await listWaiting(house.db);
        assert.equal(waiting?.level, 'B-B');
        problems.push(waiting?.problem ?? '');
      }
      assert.deepEqual(problems, [
        'timestamp: not reachable',
        'timestamp: no answer in time',
        'timestamp: answered 500',
        'timestamp: not reachable',
      ]);
      await house.timestamps.become('well');
      await house.pass({ hours: 1 });
      assert.deepEqual(await listWaiting(house.db), []);
      const kept = await house.db.selectFrom('document_archive').select('level').execute();
      assert.deepEqual(kept, [{ level: 'B-LTA' }]);
    }));

  test('the copier network in the middle of printing, then the document store: every copy has one valid paper', () =>
    withOutageHouse(async (house) => {
      const visitor = await openVisitor(house);
      const number = await steps.order(house, visitor);
      await steps.payFor(house, visitor, number);
      const page = `/orders/${number}/done`;
      const ticket = steps.ticketOn(await visitor.get(page));
      const [key] = house.parts.printing.copierKeys;
      assert.ok(key);
      const { call } = openMachine(house.url, key, house.clock.now);
      const claim = async (device: string): Promise<Response> => {
        const found = await call('POST', '/lookups', { ...ticket, device });
        const { claimToken } = (await found.json()) as { claimToken: string };
        return call('POST', '/claims', { claimToken, device });
      };
      const report = (lease: { claim: string; fence: number }): Promise<Response> =>
        call('POST', `/claims/${lease.claim}/outcome`, {
          fence: lease.fence,
          impressions: [{ document: 1, result: 'completed', pages: 1 }],
        });
      const first = (await (await claim('first')).json()) as { claim: string; fence: number };
      assert.equal((await call('GET', `/claims/${first.claim}/documents/1`)).status, 200);
      // From here on nothing is heard of it.
      assert.match((await visitor.get(page)).text, /A copier is printing now/);
      assert.equal((await claim('second')).status, 409, 'the lease runs');
      await house.pass({ minutes: 3 });
      assert.match(
        (await visitor.get(page)).text,
        /has not reported a result. Please try again with the same/,
      );
      assert.match((await visitor.get(page, 'ja')).text, /同じ番号でもう一度お試しください/);
      const second = (await (await claim('second')).json()) as { claim: string; fence: number };
      assert.equal((await report(first)).status, 409, 'what it printed is void by now');
      assert.equal((await report(second)).status, 200);
      await house.work();
      assert.equal(await steps.stateOf(house, number), 'printed');
      assert.deepEqual(await steps.papersOf(house, number), [
        { impression: 1, status: 'void' },
        { impression: 2, status: 'valid' },
      ]);

      const folder = join(house.dataFolder, 'documents');
      // As a share that was unmounted, or a full disk: nothing can be written there.
      await rename(folder, `${folder}.away`);
      await writeFile(folder, '');
      const held = await steps.order(house, visitor);
      await steps.payFor(house, visitor, held);
      for (let minute = 0; minute < 3; minute += 1) await house.pass({ minutes: 1 });
      assert.equal(await steps.stateOf(house, held), 'preparing');
      assert.match((await visitor.get(`/orders/${held}/done`)).text, /prepar/i);
      assert.match((await describeWaiting(house.db)).join('\n'), /"name":"issue-order".*ENOTDIR/);
      await rename(folder, `${folder}.file`);
      await rename(`${folder}.away`, folder);
      await house.pass({ minutes: 10 });
      assert.equal(await steps.stateOf(house, held), 'ready');
      assert.deepEqual(await describeWaiting(house.db), []);
      const made = await steps.papersOf(house, held);
      assert.deepEqual(made, [{ impression: 1, status: 'valid' }]);
    }));
});
