import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryExecutor, QueryResult } from 'kysely';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, Transaction } from 'kysely';
import type pg from 'pg';
import type { Session } from './session.ts';
import { openSession } from './session.ts';

/** What kysely works with: a connection of the pool, its statements gathered by its session. */
export type PooledConnection = DatabaseConnection & {
  readonly session: Session;
  release: () => void;
  /** Runs `work` with a handle whose statements all go over this connection, outside any transaction. */
  readonly share: <Tables, Result>(
    executor: QueryExecutor,
    work: (db: Kysely<Tables>) => Promise<Result>,
  ) => Promise<Result>;
  /** Runs `work` between `begin` and `commit`; whatever it throws rolls everything back. */
  readonly transact: <Tables, Result>(
    executor: QueryExecutor,
    work: (tx: Transaction<Tables>) => Promise<Result>,
    options?: { readonly atOnce?: boolean; readonly mayBeLost?: boolean },
  ) => Promise<Result>;
};

type Behind = CompiledQuery & { readonly isBehind?: boolean };

/** A statement of a transaction for whose answer nobody waits: its failure is the transaction's, at its end at the latest. */
export const behind = (query: CompiledQuery): CompiledQuery =>
  Object.assign({ ...query }, { isBehind: true }) satisfies Behind;

const NO_ANSWER: QueryResult<never> = { rows: [] };
/** SQLSTATE of every statement after the one that failed. */
const IS_ABORTED = '25P02';

const connectionOf = (
  client: pg.PoolClient,
  session: Session,
  dialect: Dialect,
  driver: Driver,
): PooledConnection => {
  let isBroken = false;
  const executeQuery = async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
    try {
      return (await session.run(sql, parameters)) as QueryResult<Row>;
    } catch (error) {
      // From here on it is known who asked; where the answer was read says nothing.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  };
  const streamQuery = async function* <Row>(query: CompiledQuery): AsyncGenerator<QueryResult<Row>> {
    yield await executeQuery<Row>(query);
  };
  const rollBack = async (): Promise<void> => {
    // A connection that cannot do it is thrown away, and with it the transaction.
    await session.run('rollback', []).catch(() => (isBroken = true));
  };
  const over = (executor: QueryExecutor, only: DatabaseConnection) => ({
    config: { dialect },
    dialect,
    driver,
    executor: executor.withConnectionProvider({ provideConnection: (consumer) => consumer(only) }),
  });
  return {
    session,
    executeQuery,
    streamQuery,
    release: () => client.release(isBroken || session.isLost()),
    share: (executor, work) => work(new Kysely(over(executor, { executeQuery, streamQuery }))),
    transact: async (executor, work, { atOnce = false, mayBeLost = false } = {}) => {
      const seen: { begun: boolean; over: boolean; failure?: unknown } = { begun: false, over: false };
      const note = (error: unknown): void => {
        seen.failure ??= error;
      };
      const end = async (): Promise<void> => {
        seen.over = true;
        if (seen.begun && (await session.run('commit', [])).command !== 'COMMIT')
          throw seen.failure ?? new Error('a statement of the transaction failed');
      };
      const within: DatabaseConnection = {
        streamQuery,
        executeQuery: async <Row>(query: Behind): Promise<QueryResult<Row>> => {
          if (seen.over) throw new Error('the transaction is over');
          // `begin` goes with the first statement, in one piece: if it fails, the statement is not carried out.
          if (!seen.begun) session.run('begin', []).catch(note);
          if (!seen.begun && mayBeLost) session.run('set local synchronous_commit = off', []).catch(note);
          seen.begun = true;
          const answer = executeQuery<Row>(query);
          answer.catch(note);
          return query.isBehind === true ? NO_ANSWER : answer;
        },
      };
      try {
        const begin = () => work(new Transaction(over(executor, within)));
        if (atOnce) {
          // Asked for before the session sends anything, and so sent behind what `work` asks for without waiting.
          const ended = new Promise<void>((resolve) => process.nextTick(() => resolve(end())));
          const [result] = await Promise.all([begin(), ended]);
          return result;
        }
        const result = await begin();
        await end();
        return result;
      } catch (error) {
        seen.over = true;
        if (seen.begun) await rollBack();
        const isAborted = error instanceof Error && 'code' in error && error.code === IS_ABORTED;
        throw isAborted ? (seen.failure ?? error) : error;
      }
    },
  };
};

/** PostgreSQL for kysely over a pool of pg. Savepoints and isolation levels are not offered. */
export const pooledDialect = (pool: pg.Pool): Dialect => {
  const sessions = new WeakMap<pg.PoolClient, Session>();
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => {
      const client = await pool.connect();
      const session = sessions.get(client) ?? openSession(client);
      sessions.set(client, session);
      return connectionOf(client, session, dialect, driver);
    },
    beginTransaction: async (connection) =>
      void (await (connection as PooledConnection).session.run('begin', [])),
    commitTransaction: async (connection) =>
      void (await (connection as PooledConnection).session.run('commit', [])),
    rollbackTransaction: async (connection) =>
      void (await (connection as PooledConnection).session.run('rollback', [])),
    releaseConnection: async (connection) => (connection as PooledConnection).release(),
    destroy: () => pool.end(),
  };
  const dialect: Dialect = {
    createDriver: () => driver,
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
  return dialect;
};
