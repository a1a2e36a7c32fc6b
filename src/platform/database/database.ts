import type { CompiledQuery, Transaction } from 'kysely';
import { Kysely } from 'kysely';
import pg from 'pg';
import type { PooledConnection } from './dialect.ts';
import { behind, pooledDialect } from './dialect.ts';
import type { DB } from './tables.ts';
import { parserOf } from './values.ts';

/** The tables of every migration, as kysely-codegen reads them from a migrated database. */
export type Tables = DB;
/** A handle for queries; inside `transaction` it is the transaction's. */
export type Database = Kysely<Tables>;
export type DatabaseTransaction = Transaction<Tables>;
export type OpenDatabase = { readonly db: Database; readonly pool: pg.Pool; close: () => Promise<void> };

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : parserOf(oid),
};

/** How long a request waits for a connection; a server that accepts and says nothing would else hold it for ever. */
const CONNECT_WITHIN_MS = 15_000;

/**
 * A new connection is a new process of the server, a login, and the plan of every statement anew: after ten seconds, as pg
 * has it, too soon.
 */
const KEEP_IDLE_MS = 600_000;

/**
 * Opens a pool of at most `poolSize` connections. Columns arrive as: date → `Temporal.PlainDate`, timestamptz →
 * `Temporal.Instant`, int8 → `bigint`.
 */
export const openDatabase = (url: string, poolSize = 10): OpenDatabase => {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    idleTimeoutMillis: KEEP_IDLE_MS,
    types,
  });
  // A connection lost while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: pooledDialect(pool) });
  return { db, pool, close: () => db.destroy() };
};

const inOne = <Result>(
  db: Database,
  work: (tx: DatabaseTransaction) => Promise<Result>,
  options?: { readonly atOnce?: boolean; readonly mayBeLost?: boolean },
): Promise<Result> => {
  if (db.isTransaction) return work(db as DatabaseTransaction);
  const executor = db.getExecutor();
  return executor.provideConnection((connection) =>
    (connection as PooledConnection).transact(executor, work, options),
  );
};

/**
 * Runs `work` in one transaction (read committed); whatever it throws rolls everything back. Statements that it asks for
 * at once go to the server together, in their order; one that finds nothing to do asks the server nothing.
 */
export const transaction = <Result>(
  db: Database,
  work: (tx: DatabaseTransaction) => Promise<Result>,
): Promise<Result> => inOne(db, work);

/**
 * A transaction whose statements are all asked for at once: they, its beginning and its commit go to the server in one way
 * there and back. No statement can follow from another's answer: one that is asked for later fails. What `work` throws
 * after it has asked comes too late to roll anything back.
 */
export const transactionAtOnce = <Result>(
  db: Database,
  work: (tx: DatabaseTransaction) => Promise<Result>,
): Promise<Result> => inOne(db, work, { atOnce: true });

/**
 * A transaction whose commit does not wait for the disk. A server that falls within the next second may forget it, and with
 * it whatever was committed later: what is left is always how things once stood. Only for what is done again by itself,
 * and before anything of it is told to anybody outside (docs/adr/0059). Within another transaction that one decides.
 */
export const forgettable = <Result>(
  db: Database,
  work: (tx: DatabaseTransaction) => Promise<Result>,
): Promise<Result> => inOne(db, work, { mayBeLost: true });

/** Both: `transactionAtOnce` whose commit does not wait for the disk. */
export const forgettableAtOnce = <Result>(
  db: Database,
  work: (tx: DatabaseTransaction) => Promise<Result>,
): Promise<Result> => inOne(db, work, { atOnce: true, mayBeLost: true });

/**
 * Runs reads over one connection: those that `work` asks for at once go to the server together, in one way there and back.
 * Each still sees what is committed when it is carried out; when one fails those behind it do.
 */
export const together = <Result>(db: Database, work: (db: Database) => Promise<Result>): Promise<Result> => {
  if (db.isTransaction) return work(db);
  const executor = db.getExecutor();
  return executor.provideConnection((connection) => (connection as PooledConnection).share(executor, work));
};

/**
 * Carries out a write whose answer nothing needs. Within a transaction nobody waits for it: it goes to the server with
 * what comes next, the commit at the latest, and if it fails the transaction does.
 */
export const write = async (
  db: Database,
  query: { compile: (db: Database) => CompiledQuery },
): Promise<void> => {
  await db.executeQuery(behind(query.compile(db)));
};
