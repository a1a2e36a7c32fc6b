import type { Transaction } from 'kysely';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './tables.ts';

/** The tables of every migration, as kysely-codegen reads them from a migrated database. */
export type Tables = DB;
/** A handle for queries; inside `transaction` it is the transaction's. */
export type Database = Kysely<Tables>;
export type DatabaseTransaction = Transaction<Tables>;
export type OpenDatabase = { readonly db: Database; readonly pool: pg.Pool; close: () => Promise<void> };

const DATE = 1082;
const INT8 = 20;
const TIMESTAMPTZ = 1184;

const parsers: Record<number, (text: string) => unknown> = {
  [DATE]: (text) => Temporal.PlainDate.from(text),
  [INT8]: (text) => BigInt(text),
  [TIMESTAMPTZ]: (text) => Temporal.Instant.from(text.replace(' ', 'T')),
};

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    format === 'binary'
      ? pg.types.getTypeParser(oid, 'binary')
      : (parsers[oid] ?? pg.types.getTypeParser(oid, 'text')),
};

// pg asks a parameter for `toPostgres` before it falls back to JSON, which would put quotes around a date.
for (const type of [Temporal.PlainDate, Temporal.Instant]) {
  Object.defineProperty(type.prototype, 'toPostgres', {
    value(this: { toString: () => string }) {
      return this.toString();
    },
    configurable: true,
  });
}

/** How long a request waits for a connection; a server that accepts and says nothing would else hold it for ever. */
const CONNECT_WITHIN_MS = 15_000;

/** Texts that get a name of their own; what is written anew for every list of values would fill the server's memory. */
const MOST_NAMES = 1000;
/** A prepared `select *` fails once a migration adds a column under it. */
const ALL_COLUMNS = /\*(?! *\))/;
const names = new Map<string, string>();

const nameOf = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES || ALL_COLUMNS.test(text)) return known;
  const name = `akashi_${names.size}`;
  names.set(text, name);
  return name;
};

/**
 * Has a connection parse and plan each statement once: for small ones that costs the server more than carrying them out
 * does. PostgreSQL goes on planning by the values wherever one plan for all of them would be dearer.
 */
const prepareStatements = (client: pg.PoolClient): void => {
  const query = client.query.bind(client) as (...words: unknown[]) => unknown;
  const named = (...words: unknown[]): unknown => {
    const [text, values] = words;
    const name =
      typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    return name === undefined ? query(...words) : query({ name, text, values }, ...words.slice(2));
  };
  Object.assign(client, { query: named });
};

/**
 * Opens a pool of at most `poolSize` connections. Columns arrive as: date → `Temporal.PlainDate`, timestamptz →
 * `Temporal.Instant`, int8 → `bigint`.
 */
export const openDatabase = (url: string, poolSize = 10): OpenDatabase => {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    types,
  });
  // A connection lost while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    prepareStatements(client);
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
};

/** Runs `work` in one transaction (read committed); whatever it throws rolls everything back. */
export const transaction = <Result>(
  db: Database,
  work: (tx: DatabaseTransaction) => Promise<Result>,
): Promise<Result> => (db.isTransaction ? work(db as DatabaseTransaction) : db.transaction().execute(work));
