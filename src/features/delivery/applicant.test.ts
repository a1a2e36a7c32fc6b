import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifySignedPdf } from '#domain/signed-pdf/verify-signed-pdf.ts';
import { noteBounce } from '#platform/mail/bounce-intake.ts';
import { withPdfPages } from '#platform/pdf-pages.ts';
import type { DeliveryWorld } from '#test/support/delivery.ts';
import { withDelivery } from '#test/support/delivery.ts';
import { listDeliveries } from './delivery-store.ts';

const OFFICE = 'suzuki@uni.example';
const FIRM = 'tanaka@firm.example';

const bytesOf = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());

/** What applicants do with what they sent, and are told of it, on orders of their own in one service. */
const cases: readonly (readonly [string, (world: DeliveryWorld) => Promise<void>])[] = [
  [
    'what nobody has opened is called back, sent again, or given up for its money',
    async (world) => {
      const { send, order, mailTo, get, post, events, work } = world;
      const orderId = await send([{ mail: OFFICE, copies: { ja: 1 } }]);
      const { orderNumber } = await order(orderId);
      const own = `/orders/${orderNumber}`;
      const page = `/delivery/${(await mailTo(OFFICE)).token}`;
      assert.equal((await post(`${own}/cancel`)).status, 409, 'not while it is out');
      assert.equal((await post(`${own}/delivery/1/recall`)).status, 303);
      assert.match(await (await get(page)).text(), /This was called back/);
      assert.equal((await post(`${page}/open`)).status, 410);
      assert.equal((await order(orderId)).state, 'recalled');
      await post(`${own}/delivery/1/resend`, { mail: FIRM, again: FIRM });
      assert.equal((await order(orderId)).state, 'sent');
      assert.match(await (await get(page)).text(), /There is a newer link/);
      await post(`${own}/delivery/1/recall`);
      assert.equal((await post(`${own}/cancel`)).status, 303);
      assert.equal((await order(orderId)).state, 'refund_ready');
      assert.equal((await post(`${own}/delivery/1/resend`, { mail: FIRM, again: FIRM })).status, 409);
      assert.deepEqual(await events(orderId), ['sent', 'recall', 'resend', 'recall']);
      await work('withdraw-order');
      assert.deepEqual(await world.dependencies.listDocuments(world.db, orderId), []);

      const other = await send([{ mail: OFFICE, copies: { ja: 1 } }]);
      await post(`/delivery/${(await mailTo(OFFICE)).token}/open`);
      const { orderNumber: second } = await order(other);
      assert.equal((await post(`/orders/${second}/delivery/1/recall`)).status, 409, 'seen is seen');
      assert.equal((await post(`/orders/${second}/cancel`)).status, 409);
    },
  ],
  [
    'a mail that comes back is told to the applicant, once, and not of an older link',
    async (world) => {
      const { send, order, mailTo, get, post, db, clock, jobs, events } = world;
      const orderId = await send([{ mail: OFFICE, copies: { ja: 1 } }]);
      const [delivery] = await listDeliveries(db, orderId);
      const first = await db
        .updateTable('mail_outbox')
        .set({ state: 'sent', sent_at: clock.now() })
        .where('reference', '=', delivery?.id ?? '')
        .returning('id')
        .executeTakeFirst();
      clock.advance({ seconds: 1 });
      assert.equal(await noteBounce({ db, clock }, first?.id ?? '', '5.1.1'), true);
      for (let twice = 0; twice < 2; twice += 1) await jobs['mail-refused']?.({ mailId: first?.id ?? '' });
      assert.match((await mailTo('misaki@example.jp')).text, /suzuki@uni\.example/);
      assert.deepEqual(await events(orderId), ['sent', 'bounced']);
      const own = `/orders/${(await order(orderId)).orderNumber}`;
      assert.match(await (await get(own)).text(), /The mail did not arrive/);
      clock.advance({ minutes: 5 });
      await post(`${own}/delivery/1/resend`, { mail: FIRM, again: FIRM });
      await jobs['mail-refused']?.({ mailId: first?.id ?? '' });
      assert.doesNotMatch(await (await get(own)).text(), /The mail did not arrive/);
    },
  ],
  [
    'the applicant keeps a copy that says on every page what it is',
    async (world) => {
      const { send, order, get } = world;
      const orderId = await send([{ mail: OFFICE, copies: { ja: 1, en: 1 } }]);
      const own = `/orders/${(await order(orderId)).orderNumber}`;
      assert.match(
        await (await get(own)).text(),
        /Download the personal copy: Certificate of Enrollment \(English\)/,
      );
      for (const number of [1, 2]) {
        const answer = await get(`${own}/copy/${number}`);
        assert.match(
          answer.headers.get('content-disposition') ?? '',
          /SATO_Misaki_Enrolment_Personal_Copy_(JA|EN)_2026-11-24\.pdf/,
        );
        const pdf = await bytesOf(answer);
        await withPdfPages(pdf, async (pages) => {
          for (const page of pages) assert.match(page.text().replace(/\s+/g, ''), /PERSONALCOPY/i);
        });
        const verdict = await verifySignedPdf(pdf, {
          signerRoots: [],
          timestampRoots: [],
          now: world.clock.now(),
        });
        assert.deepEqual(verdict, { ok: false, problem: 'unsigned' });
      }
      assert.equal((await get(`${own}/copy/3`)).status, 404);
    },
  ],
];

test('online delivery, for its applicant', (t) =>
  withDelivery(async (world) => {
    for (const [name, run] of cases) await t.test(name, () => run(world));
  }));
