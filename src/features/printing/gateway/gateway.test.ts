import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { manualClock } from '#platform/clock.ts';
import { withDatabase } from '#test/support/database.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { printingJobs } from '../jobs.ts';
import { createPrintSecrets } from '../print-secrets.ts';
import { createCopierGateway } from './gateway.ts';

type Call = (
  method: string,
  path: string,
  json?: unknown,
  extra?: Record<string, string>,
) => Promise<Response>;
type World = {
  call: Call;
  dependencies: PrintingDependencies;
  orderId: string;
  ticket: { printNumber: string; pin: string };
};

const PDFS = [Buffer.from('%PDF first'), Buffer.from('%PDF second')];
const AGAIN = Buffer.from('%PDF again');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const withGateway = (work: (world: World) => Promise<void>): Promise<void> =>
  withDatabase(async ({ db }) => {
    const clock = manualClock('2026-11-24T03:00:00Z');
    const at = clock.now();
    const account = { identity_provider: 'idp', principal_name: 'a@b', created_at: at, last_sign_in_at: at };
    const { id: accountId } = await db
      .insertInto('account')
      .values({ ...account, mail_address: 'a@example.org', mail_verified_at: at })
      .returning('id')
      .executeTakeFirstOrThrow();
    const fees = {
      issuance_fee_yen: 600,
      system_fee_yen: 60,
      total_yen: 660,
      print_charge_yen: 120,
      sheets: 2,
    };
    const row = {
      order_number: 'A-1',
      account_id: accountId,
      person_id: randomUUID(),
      destination: 'store',
      state: 'preparing',
    };
    const { id: orderId } = await db
      .insertInto('certificate_order')
      .values({
        ...row,
        ...fees,
        language: 'ja',
        idempotency_key: 'k',
        submitted_at: at,
        payment_deadline: at,
        paid_at: at,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const ids = PDFS.map(() => randomUUID());
    const secrets = createPrintSecrets(randomBytes(32));
    const dependencies: PrintingDependencies = {
      db,
      clock,
      secrets,
      baseUrl: 'http://localhost',
      draw: (below) => randomInt(below),
      printDays: 7,
      badPrints: { perOrder: 1, hours: 24 },
      titleOf: async () => ({ ja: '', en: '' }),
      chains: [{ code: 'x', nameJa: 'x', nameEn: 'x', copierNetwork: 'hinata', steps: [], stops: [] }],
      copierKeys: [{ code: 'hinata', keyId: 'k1', secret: 's1' }],
      listDocuments: async () =>
        PDFS.map((pdf, n) => ({ documentId: ids[n] ?? '', pages: 1, sha256: sha256(pdf) })),
      readDocument: async (id) => PDFS[(ids as string[]).indexOf(id)] ?? AGAIN,
      destroyDocument: async () => {},
      isHalted: async () => false,
      renewImpression: async (_tx, id) => {
        const next = randomUUID();
        ids[(ids as string[]).indexOf(id)] = next;
        return next;
      },
      makeImpression: async (documentId) => ({ documentId, pages: 1, sha256: sha256(AGAIN) }),
    };
    await printingJobs(dependencies)['prepare-print']?.({ orderId });
    const job = await db.selectFrom('print_job').selectAll().executeTakeFirstOrThrow();
    const server = createServer(getRequestListener(createCopierGateway(dependencies).fetch));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const call: Call = (method, path, json, extra = {}) => {
      const body = json === undefined ? '' : JSON.stringify(json);
      const time = String(Math.floor(clock.now().epochMilliseconds / 1000));
      const nonce = extra['copier-nonce'] ?? randomBytes(16).toString('hex');
      const text = [method, `/copier/v1${path}`, time, nonce, sha256(Buffer.from(body))].join('\n');
      const signature = createHmac('sha256', 's1').update(text).digest('hex');
      const headers = {
        'copier-key': 'k1',
        'copier-time': time,
        'copier-nonce': nonce,
        'copier-signature': signature,
        ...extra,
      };
      return fetch(`${base}/copier/v1${path}`, { method, headers, ...(body === '' ? {} : { body }) });
    };
    try {
      await work({ call, dependencies, orderId, ticket: secrets.open(job.id, job.secrets) });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

/** What the gateway answers, as far as these tests look at it. */
type GatewayAnswer = Record<'claim' | 'claimToken', string> & { fence: number; [name: string]: unknown };

test('one of 20 claimers wins; a jam leaves the rest, which then prints', () =>
  withGateway(async ({ call, dependencies: { db }, ticket }) => {
    const look = async () =>
      (await (await call('POST', '/lookups', { ...ticket, device: 'd' })).json()) as GatewayAnswer;
    const offer = await look();
    assert.equal(offer.priceYen, 120);
    const claims = await Promise.all(
      Array.from({ length: 20 }, () =>
        call('POST', '/claims', { claimToken: offer.claimToken, device: 'd' }),
      ),
    );
    const won = claims.filter((one) => one.ok);
    assert.equal(won.length, 1);
    const lease = (await won[0]?.json()) as GatewayAnswer;
    const part = await call('GET', `/claims/${lease.claim}/documents/1`, undefined, { range: 'bytes=0-3' });
    assert.equal(part.status, 206);
    assert.equal(await part.text(), '%PDF');
    const report = {
      fence: 1,
      impressions: [
        { document: 1, result: 'completed', pages: 1 },
        { document: 2, result: 'failed', pages: 0 },
      ],
    };
    for (let time = 0; time < 2; time += 1) {
      assert.deepEqual(await (await call('POST', `/claims/${lease.claim}/outcome`, report)).json(), {
        completed: 1,
        remaining: 1,
      });
    }
    const again = (await (
      await call('POST', '/claims', { claimToken: (await look()).claimToken, device: 'd' })
    ).json()) as GatewayAnswer;
    assert.equal(again.fence, 2);
    const rest = { fence: 2, impressions: [{ document: 2, result: 'completed', pages: 1 }] };
    assert.ok((await call('POST', `/claims/${again.claim}/outcome`, rest)).ok);
    const order = await db.selectFrom('certificate_order').select('state').executeTakeFirstOrThrow();
    assert.equal(order.state, 'printed');
  }));

test('a nonce works once, a wrong signature never, and five misses pause the device', () =>
  withGateway(async ({ call, ticket }) => {
    const wrong = { ...ticket, pin: ticket.pin === '0000' ? '0001' : '0000', device: 'd' };
    const nonce = { 'copier-nonce': 'n'.repeat(20) };
    assert.equal((await call('POST', '/lookups', wrong, nonce)).status, 404);
    assert.equal((await call('POST', '/lookups', wrong, nonce)).status, 401);
    assert.equal((await call('POST', '/lookups', wrong, { 'copier-signature': '00' })).status, 401);
    for (let miss = 2; miss <= 5; miss += 1)
      assert.equal((await call('POST', '/lookups', wrong)).status, 404);
    assert.equal((await call('POST', '/lookups', wrong)).status, 429);
    assert.equal((await call('POST', '/lookups', { ...ticket, device: 'other' })).status, 404);
  }));
