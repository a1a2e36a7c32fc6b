import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifySignedPdf } from '#domain/signed-pdf/verify-signed-pdf.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import type { DeliveryWorld } from '#test/support/delivery.ts';
import { withDelivery } from '#test/support/delivery.ts';
import { listDeliveries, listDeliveryDocuments } from './delivery-store.ts';
import { sendOrder } from './send-order.ts';

const OFFICE = 'suzuki@uni.example';
const FIRM = 'tanaka@firm.example';

const bytesOf = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());

/** The entries of a ZIP file of stored files (APPNOTE 4.3.7), read from its front. */
const unzip = (zip: Uint8Array): Map<string, Uint8Array> => {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const files = new Map<string, Uint8Array>();
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const size = view.getUint32(at + 18, true);
    const name = view.getUint16(at + 26, true);
    const start = at + 30 + name + view.getUint16(at + 28, true);
    files.set(Buffer.from(zip.subarray(at + 30, at + 30 + name)).toString(), zip.slice(start, start + size));
    at = start + size;
  }
  return files;
};

const statesOf = async ({ db }: DeliveryWorld, orderId: string): Promise<string[]> =>
  (await listDeliveries(db, orderId)).map(({ state }) => state);

/** What recipients meet, on orders of their own in one service; the last lets half a year go by. */
const cases: readonly (readonly [string, (world: DeliveryWorld) => Promise<void>])[] = [
  [
    'each recipient gets a mail, opens it by a button and downloads what was issued',
    async (world) => {
      const { send, order, mailTo, get, post, db, dependencies } = world;
      const orderId = await send([
        { mail: OFFICE, copies: { ja: 1, en: 1 }, language: 'ja', reference: 'WES-1' },
        { mail: FIRM, copies: { en: 1 } },
      ]);
      assert.equal((await order(orderId)).state, 'sent');
      const mail = await mailTo(OFFICE);
      assert.match(mail.subject, /^佐藤 美咲 WES-1 在学証明書 ほか1通\(.+大学\)$/);
      assert.match((await mailTo(FIRM)).subject, /^SATO Misaki Certificate of Enrol.*\(.+\)$/);
      assert.ok(mail.text.indexOf('証明書をお届けします') < mail.text.indexOf('sends you certificates'));
      assert.match(mail.token, /^[\w-]{43}$/);
      const stored = JSON.stringify(await db.selectFrom('delivery_link').selectAll().execute());
      assert.ok(!stored.includes(mail.token), 'only the hash is kept');

      const page = `/delivery/${mail.token}`;
      // Scanners look at links, by GET and by HEAD, and press nothing.
      for (const method of ['GET', 'HEAD', 'GET']) assert.equal((await get(page, { method })).status, 200);
      assert.doesNotMatch(await (await get(page)).text(), /\.pdf/);
      for (const path of ['open', 'download', 'extend', 'code'])
        assert.ok((await get(`${page}/${path}`)).status >= 404, path);
      assert.deepEqual(await statesOf(world, orderId), ['sent', 'sent']);
      assert.equal(
        (await post(`${page}/download`, { document: 'all' })).status,
        303,
        'not before it is opened',
      );

      assert.equal((await post(`${page}/open`)).status, 303);
      assert.equal((await order(orderId)).state, 'opened');
      assert.match(await (await get(page)).text(), /SATO_Misaki_Enrolment_EN_2026-11-24\.pdf/);
      const answer = await post(`${page}/download`, { document: 'all' });
      assert.equal(answer.headers.get('content-type'), 'application/zip');
      assert.equal(
        answer.headers.get('content-disposition'),
        'attachment; filename="SATO_Misaki_Certificates_2026-11-24.zip"',
      );
      const files = unzip(await bytesOf(answer));
      assert.deepEqual([...files.keys()].toSorted(), [
        'SATO_Misaki_Enrolment_EN_2026-11-24.pdf',
        'SATO_Misaki_Enrolment_JA_2026-11-24.pdf',
      ]);
      const keys = await openFileKeys(join(world.dataFolder, 'keys'), {
        now: world.clock.now(),
        university: '',
      });
      const issued = await db.selectFrom('issued_certificate').select(['sha256']).execute();
      const hashes = issued.map(({ sha256 }) => sha256);
      for (const [name, bytes] of files) {
        assert.ok(hashes.includes(createHash('sha256').update(bytes).digest('hex')), name);
        const signerRoots = keys.document.chain.slice(-1);
        const options = { signerRoots, timestampRoots: [], now: world.clock.now() };
        assert.equal((await verifySignedPdf(bytes, options)).ok, true, name);
      }
      assert.deepEqual(await statesOf(world, orderId), ['downloaded', 'sent']);
      assert.equal((await order(orderId)).state, 'opened', 'the other has not been opened');

      const other = `/delivery/${(await mailTo(FIRM)).token}`;
      await post(`${other}/open`);
      const range = await post(`${other}/download`, { document: '1' });
      assert.equal(range.status, 200);
      assert.equal(range.headers.get('accept-ranges'), 'none');
      assert.equal(
        range.headers.get('content-disposition'),
        'attachment; filename="SATO_Misaki_Enrolment_2026-11-24.pdf"',
      );
      assert.equal(String((await bytesOf(range)).length), range.headers.get('content-length'));
      assert.equal((await order(orderId)).state, 'downloaded');
      assert.equal((await post(`${other}/download`, { document: '2' })).status, 404, 'not another’s');
      const own = await (await get(`/orders/${(await order(orderId)).orderNumber}`)).text();
      assert.match(own, /Downloaded<\/dt><dd>Tue 24 Nov, 12:00/);
      assert.ok(await dependencies.listDocuments(db, orderId));
      const kept = await db.selectFrom('document_archive').select('level').execute();
      assert.equal(kept.length, 3, 'all wait for their long-term signature');
    },
  ],
  [
    'a one-time code is mailed to the same address and may be missed five times',
    async (world) => {
      const { send, order, mailTo, get, post, clock } = world;
      const orderId = await send([{ mail: FIRM, copies: { ja: 1 }, asksCode: true }]);
      const page = `/delivery/${(await mailTo(FIRM)).token}`;
      assert.match(await (await get(page)).text(), /t•••@firm\.example/);
      assert.equal((await post(`${page}/open`, { code: '000000' })).status, 422);
      const askCode = async (): Promise<string> => {
        assert.equal((await post(`${page}/code`)).status, 303);
        return /One-time code: (\d{6})/.exec((await mailTo(FIRM)).text)?.[1] ?? '';
      };
      const first = await askCode();
      const miss = first === '111111' ? '222222' : '111111';
      for (let left = 4; left >= 0; left -= 1) {
        const answer = await post(`${page}/open`, { code: miss });
        assert.equal(answer.status, 422);
        assert.match(await answer.text(), left === 0 ? /no longer works/ : new RegExp(`${left} more time`));
      }
      assert.equal((await post(`${page}/open`, { code: first })).status, 422, 'used up');
      assert.equal((await order(orderId)).state, 'sent');
      const second = await askCode();
      clock.advance({ minutes: 31 });
      assert.equal((await post(`${page}/open`, { code: second })).status, 422, 'too late');
      const third = await askCode();
      const full = third.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      const right = await post(`${page}/open`, { code: ` ${full} ` });
      assert.equal(right.status, 303);
      const cookie = right.headers.get('set-cookie')?.split(';')[0] ?? '';
      assert.doesNotMatch(await (await get(page)).text(), /\.pdf/, 'another browser');
      assert.match(await (await get(page, { headers: { cookie } })).text(), /\.pdf/);
      assert.equal((await post(`${page}/download`, { document: '1' })).status, 303);
      assert.equal((await post(`${page}/download`, { document: '1' }, cookie)).status, 200);
      await askCode();
      await askCode();
      const tooMany = await post(`${page}/code`);
      assert.equal(tooMany.status, 422);
      assert.match(await tooMany.text(), /Too many codes/);
    },
  ],
  [
    'a withdrawn certificate is not given, and what was sent under an open change of address is marked',
    async (world) => {
      const { issue, dependencies, mailTo, get, post, db } = world;
      const orderId = await issue([{ mail: OFFICE, copies: { ja: 1 } }]);
      await sendOrder({ ...dependencies, hasOpenUndo: async () => true }, orderId);
      const { data } = await db
        .selectFrom('audit_event')
        .select('data')
        .where('type', '=', 'delivery.sent')
        .where('subject', '=', `order:${orderId}`)
        .executeTakeFirstOrThrow();
      assert.equal((data as { openUndo: boolean }).openUndo, true);
      const page = `/delivery/${(await mailTo(OFFICE)).token}`;
      await post(`${page}/open`);
      const [delivery] = await listDeliveries(db, orderId);
      const [document] = await listDeliveryDocuments(db, delivery?.id ?? '');
      await db
        .updateTable('issued_certificate')
        .set({ status: 'void', status_reason: 'issued-in-error', status_since: world.clock.now() })
        .where('id', '=', document?.documentId ?? '')
        .execute();
      assert.equal((await post(`${page}/download`, { document: '1' })).status, 410);
      assert.match(await (await get(page)).text(), /was withdrawn/);
    },
  ],
  [
    'a crowd that downloads at once is served whole, however few connections to the database there are',
    async (world) => {
      const { send, mailTo, post } = world;
      await send([{ mail: FIRM, copies: { ja: 1 } }]);
      const page = `/delivery/${(await mailTo(FIRM)).token}`;
      await post(`${page}/open`);
      // More than the pool has: a download that waited for a second connection would wait for ever.
      const answers = await Promise.all(
        Array.from({ length: 24 }, () => post(`${page}/download`, { document: '1' })),
      );
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    },
  ],
  [
    'a guessed, an old and a lapsed link each have their page',
    async (world) => {
      const { send, order, mailTo, get, post, clock, work } = world;
      const orderId = await send([{ mail: OFFICE, copies: { ja: 1 } }]);
      const { orderNumber } = await order(orderId);
      const old = `/delivery/${(await mailTo(OFFICE)).token}`;
      for (const guess of ['a'.repeat(43), '../x', '%00', old.slice(10, -1), ''])
        assert.equal((await get(`/delivery/${guess}`)).status, 404, guess);
      const wrong = await post(`/orders/${orderNumber}/delivery/1/resend`, {
        mail: FIRM,
        again: 'x@y.example',
      });
      assert.equal(wrong.status, 422);
      assert.match(await wrong.text(), /href="#again"/);
      const sent = await post(`/orders/${orderNumber}/delivery/1/resend`, { mail: FIRM, again: FIRM });
      assert.equal(sent.status, 303);
      assert.match(await (await get(old)).text(), /There is a newer link/);
      assert.equal((await post(`${old}/open`)).status, 410);
      const { token } = await mailTo(FIRM);
      assert.equal((await post(`/delivery/${token}/open`)).status, 303);
      const stranger = 'stranger@else.example';
      const moved = await post(`/orders/${orderNumber}/delivery/1/resend`, {
        mail: stranger,
        again: stranger,
      });
      assert.equal(moved.status, 303);
      assert.equal(
        (await world.db.selectFrom('mail_outbox').select('id').where('recipient', '=', stranger).execute())
          .length,
        0,
        'opened: only to the same address',
      );
      const newest = `/delivery/${(await mailTo(FIRM)).token}`;
      assert.match(await (await get(newest)).text(), /\.pdf/, 'what was opened stays opened');

      assert.equal((await post(`${newest}/extend`)).status, 303);
      assert.equal((await post(`${newest}/extend`)).status, 303);
      assert.equal(
        (await listDeliveries(world.db, orderId))[0]?.linkUntil.toString(),
        '2027-05-24T14:59:59Z',
      );
      clock.advance({ hours: 24 * 92 });
      await work('warn-delivery', 'lapse-delivery');
      assert.equal((await get(newest)).status, 200, 'extended');
      clock.advance({ hours: 24 * 92 });
      assert.match(await (await get(newest)).text(), /The link has expired/, 'before its job');
      await world.jobs['lapse-delivery']?.({
        deliveryId: (await listDeliveries(world.db, orderId))[0]?.id ?? '',
      });
      assert.equal((await order(orderId)).state, 'link_expired');
      assert.match((await mailTo('misaki@example.jp')).subject, /has expired/);
      await work('purge-document');
      assert.deepEqual(await world.dependencies.listDocuments(world.db, orderId), []);
      assert.equal((await post(`${newest}/download`, { document: '1' })).status, 410);
      assert.equal((await get(`/orders/${orderNumber}/delivery/1/resend`)).status, 303);
    },
  ],
];

test('online delivery, for its recipients', (t) =>
  withDelivery(async (world) => {
    for (const [name, run] of cases) await t.test(name, () => run(world));
  }));
