import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { readBalances } from '#features/payment/ledger-store.ts';
import type { Database } from '#platform/database/database.ts';
import { openDatabase } from '#platform/database/database.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';
import { migrate } from '#platform/database/migrate.ts';
import { insertAccount, SECRETS } from '#test/support/payment.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CLIENTS = 4;

/** A database server behind an address that stays, killed and started again under whoever uses it. */
const openMortalDatabase = async (folder: string) => {
  let server = await startEmbeddedPostgres(folder);
  const password = new URL(server.url).password;
  const sockets = new Set<Socket>();
  const relay = createServer((from) => {
    const to = connect(Number(new URL(server.url).port), '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
    to.on('error', () => from.destroy()).on('close', () => from.destroy());
    from.pipe(to).pipe(from);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const { port } = relay.address() as AddressInfo;
  return {
    url: `postgres://akashi:${password}@127.0.0.1:${port}/postgres`,
    kill: async (): Promise<void> => {
      const [pid = ''] = readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
      // What is left of the old server must be gone before the files may be opened again.
      for (let tries = 0; ; tries += 1) {
        await setTimeout(100);
        const started = await startEmbeddedPostgres(folder).catch(() => null);
        if (started !== null && !started.adopted) {
          server = started;
          return;
        }
        if (tries > 100) throw new Error('the database did not come up again');
      }
    },
    close: async (): Promise<void> => {
      relay.close();
      for (const socket of sockets) socket.destroy();
      await server.stop();
    },
  };
};

const freePort = async (): Promise<number> => {
  const server = createHttpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
};

type Acknowledged = {
  /** Order numbers by idempotency key, and by payment; ids of webhooks. */
  readonly orders: Map<string, string>;
  readonly payments: Map<string, string>;
  readonly money: Map<string, string>;
  readonly webhooks: Set<string>;
  count: number;
};

const note = (seen: Acknowledged, line: string): void => {
  const [word, id = '', value = ''] = line.split(' ');
  const maps: Record<string, Map<string, string>> = {
    order: seen.orders,
    payment: seen.payments,
    money: seen.money,
  };
  if (word === 'webhook') seen.webhooks.add(id);
  else maps[word ?? '']?.set(id, value);
  seen.count = seen.orders.size + seen.payments.size + seen.money.size + seen.webhooks.size;
};

const waitFor = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 6000) throw new Error(`waited in vain for ${what}`);
    await setTimeout(20);
  }
};

/** Orders whose money the company took and that are not paid, and jobs about money that are due. */
const countUndone = async (db: Database, money: readonly string[]): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select (select count(*) from certificate_order where order_number = any(${money}) and state <> 'paid')::int
      + (select count(*) from graphile_worker._private_jobs j
         join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = 'fetch-payment' and j.run_at <= now())::int as n`.execute(db);
  return rows[0]?.n ?? 0;
};

/** Everything that was acknowledged is there, once, and nothing of the money is missing or double. */
const check = async (db: Database, seen: Acknowledged): Promise<void> => {
  const { rows: orders } = await sql<{ key: string; number: string; state: string; paid: number }>`
    select o.idempotency_key as key, o.order_number as number, o.state,
      (select count(*)::int from payment p where p.order_id = o.id and p.state = 'settled') as paid
    from certificate_order o`.execute(db);
  const byKey = Map.groupBy(orders, ({ key }) => key);
  for (const [key, number] of seen.orders) {
    const found = byKey.get(key) ?? [];
    assert.deepEqual(
      found.map((one) => one.number),
      [number],
      `the acknowledged order ${key}`,
    );
  }
  for (const [key, found] of byKey) assert.equal(found.length, 1, `one order for ${key}`);
  const byNumber = new Map(orders.map((one) => [one.number, one]));
  for (const number of seen.money.values()) {
    const { state, paid } = byNumber.get(number) ?? {};
    assert.deepEqual([state, paid], ['paid', 1], `the order ${number}, whose money the company took`);
  }
  for (const id of seen.payments.keys())
    assert.ok(await db.selectFrom('payment').select('id').where('id', '=', id).executeTakeFirst(), id);
  const stored = await db.selectFrom('payment_webhook').select('event_id').execute();
  const events = stored.map((row) => row.event_id);
  assert.equal(new Set(events).size, events.length);
  for (const id of seen.webhooks) assert.ok(events.includes(id), `the acknowledged webhook ${id}`);
  const balances = await readBalances(db);
  const paid = orders.reduce((sum, one) => sum + one.paid, 0);
  assert.equal(
    Object.values(balances).reduce((sum, yen) => sum + yen, 0),
    0,
  );
  assert.deepEqual([balances['clearing'], balances['revenue']], [paid * 520, -paid * 520]);
  const { rows: jobs } = await sql<{ key: string; n: number }>`
    select payload ->> 'orderId' as key, count(*)::int as n from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'issue-order' group by 1`.execute(db);
  assert.equal(jobs.length, paid, 'what is paid is to be issued');
  assert.ok(jobs.every(({ n }) => n === 1));
};

/**
 * Orders, payments and webhooks until `operations` are acknowledged, while the service and the database are killed (−9)
 * in turn, `kills` times each. Then what was left undone is done, and everything is counted.
 */
export const runKillStorm = async ({
  kills,
  operations,
}: {
  kills: number;
  operations: number;
}): Promise<{ acknowledged: number }> => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-kills-'));
  const database = await openMortalDatabase(join(folder, 'postgres'));
  await migrate(database.url, join(ROOT, 'migrations'));
  const { db, close } = openDatabase(database.url);
  const port = await freePort();
  const options = { port: 0, ...SECRETS, webhookUrl: `http://127.0.0.1:${port}/`, dataFolder: folder };
  const company = fork(join(ROOT, 'dev/payment-company/company-process.ts'), [JSON.stringify(options)], {
    execArgv: [],
  });
  const [{ url: companyUrl }] = (await once(company, 'message')) as [{ url: string }];
  const accounts = await Promise.all(Array.from({ length: CLIENTS }, () => insertAccount(db)));
  const seen: Acknowledged = {
    orders: new Map(),
    payments: new Map(),
    money: new Map(),
    webhooks: new Set(),
    count: 0,
  };
  let run = 0;
  const start = (clients: readonly string[] = accounts): ChildProcess => {
    run += 1;
    const words = [database.url, companyUrl, String(port), `run${run}`, ...clients];
    const hook = join(ROOT, 'bin/tsx-hook.mjs');
    const child = spawn(
      process.execPath,
      ['--import', hook, join(import.meta.dirname, 'kill-child.ts'), ...words],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    createInterface({ input: child.stdout }).on('line', (line) => note(seen, line));
    return child;
  };
  let service = start();
  try {
    for (let done = 1; done <= 2 * kills; done += 1) {
      const goal = (operations * done) / (2 * kills + 1);
      await waitFor('operations', () => seen.count >= goal || service.exitCode !== null);
      assert.equal(service.exitCode, null, 'the service lives until it is killed');
      if (done % 2 === 0) {
        await database.kill();
        continue;
      }
      service.kill('SIGKILL');
      await once(service, 'exit');
      service = start();
    }
    await waitFor('the last operations', () => seen.count >= operations);
    service.kill('SIGKILL');
    await once(service, 'exit');
    // Nobody orders any more: what was left undone is done without anybody's help.
    service = start([]);
    await waitFor(
      'everything to be done',
      async () => (await countUndone(db, [...seen.money.values()])) === 0,
    );
    await check(db, seen);
    return { acknowledged: seen.count };
  } finally {
    service.kill('SIGKILL');
    company.disconnect();
    await close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
