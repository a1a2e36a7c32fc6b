import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type pg from 'pg';
import { withDatabase } from '#test/support/database.ts';
import { isDatabaseAway } from './away.ts';
import type { Database } from './database.ts';
import {
  forgettable,
  forgettableAtOnce,
  together,
  transaction,
  transactionAtOnce,
  write,
} from './database.ts';
import { openSession } from './session.ts';

const insert = (n: number) => sql`insert into number (n) values (${n})`;
const readAll = async (db: Database) =>
  (await sql<{ n: number }>`select n from number order by place`.execute(db)).rows.map(({ n }) => n);

const withNumbers = (work: (db: Database, roundTrips: () => number) => Promise<void>): Promise<void> =>
  withDatabase(async ({ db, pool }) => {
    let sent = 0;
    const watched = new WeakSet<pg.PoolClient>();
    pool.on('acquire', (client) => {
      if (watched.has(client)) return;
      watched.add(client);
      const query = client.query.bind(client) as (given: object) => unknown;
      Object.assign(client, { query: (given: object) => ((sent += 1), query(given)) });
    });
    await sql`create table number (n integer unique, place integer generated always as identity)`.execute(db);
    await work(db, () => {
      const roundTrips = sent;
      sent = 0;
      return roundTrips;
    });
  });

const code = (error: unknown): unknown => (error as { code?: unknown }).code;

test('a transaction begins with its first statement, ends with its last writes, and keeps their order', () =>
  withNumbers(async (db, roundTrips) => {
    roundTrips();
    await transaction(db, async (tx) => {
      await insert(1).execute(tx);
      await write(tx, insert(2));
      await write(tx, insert(3));
    });
    assert.equal(roundTrips(), 2, 'begin and 1; 2, 3 and commit');
    await transaction(db, async (tx) => {
      await write(tx, insert(4));
      const [first, second] = await Promise.all([
        readAll(tx),
        insert(5)
          .execute(tx)
          .then(() => readAll(tx)),
      ]);
      assert.deepEqual(
        [first, second],
        [
          [1, 2, 3, 4],
          [1, 2, 3, 4, 5],
        ],
      );
    });
    assert.equal(roundTrips(), 3);
    await transaction(db, async () => {});
    assert.equal(roundTrips(), 0);
    assert.deepEqual(await readAll(db), [1, 2, 3, 4, 5]);
  }));

test('a statement that fails fails the transaction with its own error, and nothing of it is there', () =>
  withNumbers(async (db) => {
    await insert(1).execute(db);
    const failing: ((tx: Database) => Promise<unknown>)[] = [
      (tx) => Promise.all([insert(2).execute(tx), insert(1).execute(tx), insert(3).execute(tx)]),
      // A write that nobody waits for: at the commit, with what is asked next, and after that.
      (tx) => write(tx, insert(1)),
      async (tx) => {
        await insert(2).execute(tx);
        await write(tx, insert(1));
        return readAll(tx);
      },
      async (tx) => {
        await write(tx, insert(1));
        await new Promise((done) => setTimeout(done, 50));
        return readAll(tx);
      },
      // One that somebody took for harmless.
      (tx) =>
        insert(1)
          .execute(tx)
          .catch(() => {}),
    ];
    for (const work of failing)
      await assert.rejects(transaction(db, work), (error) => code(error) === '23505', String(work));
    await assert.rejects(
      transaction(db, async (tx) => {
        await write(tx, insert(2));
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    assert.deepEqual(await readAll(db), [1]);
  }));

test('what is asked of a transaction that is over is not carried out', () =>
  withNumbers(async (db) => {
    let kept: Database | undefined;
    await transaction(db, async (tx) => void (kept = tx));
    await assert.rejects(insert(1).execute(kept ?? db), /over/);
    assert.deepEqual(await readAll(db), []);
  }));

test('a transaction asked for at once is one way there and back, whole or not at all', () =>
  withNumbers(async (db, roundTrips) => {
    roundTrips();
    const seen = await transactionAtOnce(db, async (tx) => {
      await write(tx, insert(1));
      const [, numbers] = await Promise.all([insert(2).execute(tx), readAll(tx)]);
      return numbers;
    });
    assert.deepEqual(seen, [1, 2]);
    assert.equal(roundTrips(), 1);
    const twice = transactionAtOnce(db, (tx) =>
      Promise.all([insert(3).execute(tx), insert(1).execute(tx), insert(4).execute(tx)]),
    );
    await assert.rejects(twice, (error) => code(error) === '23505');
    const late = transactionAtOnce(db, async (tx) => {
      await insert(5).execute(tx);
      await insert(6).execute(tx);
    });
    await assert.rejects(late, /the transaction is over/);
    await transactionAtOnce(db, async () => {});
    assert.deepEqual(await readAll(db), [1, 2, 5]);
  }));

test('only the commit of what may be forgotten does not wait for the disk', () =>
  withNumbers(async (db, roundTrips) => {
    const waits = async (tx: Database): Promise<boolean> => {
      const { rows } = await sql<{ is: string }>`select current_setting('synchronous_commit') as is`.execute(
        tx,
      );
      return rows[0]?.is === 'on';
    };
    roundTrips();
    assert.equal(await forgettable(db, waits), false);
    assert.equal(await forgettableAtOnce(db, waits), false);
    assert.equal(roundTrips(), 3);
    assert.equal(await waits(db), true);
    assert.equal(await transaction(db, waits), true);
    assert.equal(await transaction(db, (tx) => forgettable(tx, waits)), true);
    await forgettable(db, (tx) => write(tx, insert(1)));
    assert.deepEqual(await readAll(db), [1]);
    await assert.rejects(
      forgettable(db, (tx) => write(tx, insert(1))),
      (error) => code(error) === '23505',
    );
  }));

test('a connection that is lost in the middle is said to be lost, and the next one works', () =>
  withNumbers(async (db) => {
    const lost = transaction(db, async (tx) => {
      await insert(1).execute(tx);
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
      await write(tx, insert(2));
      await Promise.all([insert(3).execute(tx), insert(4).execute(tx)]);
    });
    await assert.rejects(lost, isDatabaseAway);
    assert.deepEqual(await readAll(db), []);
    await transaction(db, (tx) => write(tx, insert(5)));
    assert.deepEqual(await readAll(db), [5]);
  }));

test('what was meant for a transaction that could not begin never goes alone', async () => {
  const sent: object[] = [];
  const client = {
    query: (batch: { handleError: (error: Error) => void }) => {
      sent.push(batch);
      setImmediate(() => batch.handleError(new Error('out of memory')));
    },
  };
  const session = openSession(client as unknown as pg.PoolClient);
  const first = [session.run('begin', []), session.run('insert', [])];
  await new Promise(process.nextTick);
  const later = session.run('insert more', []);
  const outcomes = await Promise.allSettled([...first, later]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected', 'rejected'],
  );
  assert.equal(sent.length, 1);
  assert.ok(session.isLost());
});

test('reads that are asked for together go over one connection, and fail each with the error of the first', () =>
  withNumbers(async (db, roundTrips) => {
    await insert(1).execute(db);
    roundTrips();
    const both = (one: Database) => Promise.all([readAll(one), readAll(one)]);
    assert.deepEqual(await together(db, both), [[1], [1]]);
    assert.equal(roundTrips(), 1);
    await transaction(db, async (tx) => assert.deepEqual(await together(tx, both), [[1], [1]]));
    assert.equal(roundTrips(), 2, 'begin and both; commit');
    const wrong = (one: Database) =>
      Promise.all([sql`select 1 / 0`.execute(one), readAll(one), readAll(one)]);
    await assert.rejects(together(db, wrong), (error) => code(error) === '22012');
    assert.deepEqual(await together(db, both), [[1], [1]]);
  }));
