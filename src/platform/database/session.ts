import type { QueryResult } from 'kysely';
import type pg from 'pg';
import { parameterOf, parserOf } from './values.ts';

/** What of a statement's answer is read; `command` is the word it is completed with, such as `UPDATE` or `COMMIT`. */
export type Answer = QueryResult<unknown> & { readonly command: string };

/**
 * The statements of one connection, in the order they are given. Those that are given while nobody waits for an answer, or
 * while earlier ones are under way, go to the server together and are answered together: the way there and back costs more
 * than a small statement does. When one fails those that went behind it are not carried out, and fail with it.
 */
export type Session = {
  run: (sql: string, parameters: readonly unknown[]) => Promise<Answer>;
  /** Whether nothing more is carried out: a transaction did not begin, and what was meant for it must not go alone. */
  isLost: () => boolean;
};

type Column = { readonly name: string; readonly parse: (text: string) => unknown };
/** A text that the server has parsed and planned under a name, and the columns of its answer. */
type Prepared = { readonly name: string; columns: readonly Column[] };

type Statement = {
  readonly sql: string;
  readonly parameters: readonly (string | Buffer | null)[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  prepared: Prepared;
  /** Whether the server is told the text, and asked for the columns, this time. */
  isNew: boolean;
  readonly rows: unknown[];
  /** Of a row that could not be read. */
  failure: unknown;
};

/** Texts that get a name of their own; what is written anew for every list of values would fill the server's memory. */
const MOST_NAMES = 1000;
/** A prepared `select *` fails once a migration adds a column under it. */
const ALL_COLUMNS = /\*(?! *\))/;
/** SQLSTATE of a name that the server has forgotten, and of one whose columns have changed since. */
const FORGOTTEN = new Set(['26000', '0A000']);

const COUNTED = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

const answerOf = (rows: unknown[], tag: string): Answer => {
  const [command = '', ...counts] = tag.split(' ');
  return COUNTED.has(command)
    ? { rows, command, numAffectedRows: BigInt(counts.at(-1) ?? 0) }
    : { rows, command };
};

const rowOf = (columns: readonly Column[], texts: readonly (string | null)[]): Record<string, unknown> => {
  const row: Record<string, unknown> = {};
  columns.forEach(({ name, parse }, index) => {
    const text = texts[index] ?? null;
    row[name] = text === null ? null : parse(text);
  });
  return row;
};

export const openSession = (client: pg.PoolClient): Session => {
  const known = new Map<string, Prepared>();
  let named = 0;
  let waiting: Statement[] = [];
  let isUnderWay = false;
  let isPlanned = false;
  let loss: Error | undefined;

  const plan = (): void => {
    if (isPlanned || isUnderWay || waiting.length === 0) return;
    isPlanned = true;
    // After whoever has an answer has given what follows from it.
    process.nextTick(() => {
      isPlanned = false;
      const statements = waiting;
      waiting = [];
      if (loss !== undefined) return statements.forEach(({ reject }) => reject(loss));
      isUnderWay = true;
      client.query(batchOf(statements));
    });
  };

  /** Gives each text a name, so that the server parses and plans it once. */
  const prepare = (statement: Statement): void => {
    const before = known.get(statement.sql);
    if (before !== undefined) {
      statement.prepared = before;
      statement.isNew = false;
    } else if (named < MOST_NAMES && !ALL_COLUMNS.test(statement.sql)) {
      statement.prepared = { name: `akashi_${named}`, columns: [] };
      named += 1;
      known.set(statement.sql, statement.prepared);
    }
  };

  /** One way there and back, as pg carries out what has these functions (pg-cursor is another such thing). */
  const batchOf = (statements: readonly Statement[]) => {
    let at = 0;
    const over = (): void => {
      isUnderWay = false;
      plan();
    };
    const complete = (tag: string): void => {
      const statement = statements[at];
      at += 1;
      if (statement === undefined) return;
      if (statement.failure === undefined) statement.resolve(answerOf(statement.rows, tag));
      else statement.reject(statement.failure);
    };
    return {
      submit: (connection: pg.Connection): void => {
        connection.stream.cork();
        for (const statement of statements) {
          prepare(statement);
          const { sql, parameters, prepared, isNew } = statement;
          if (isNew) connection.parse({ name: prepared.name, text: sql, types: [] }, true);
          connection.bind({ statement: prepared.name, values: [...parameters] }, true);
          if (isNew) connection.describe({ type: 'P' }, true);
          connection.execute({}, true);
        }
        connection.sync();
        connection.stream.uncork();
      },
      handleRowDescription: ({ fields }: { fields: readonly pg.FieldDef[] }): void => {
        const prepared = statements[at]?.prepared;
        if (prepared !== undefined)
          prepared.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
      },
      handleDataRow: ({ fields }: { fields: readonly (string | null)[] }): void => {
        const statement = statements[at];
        try {
          statement?.rows.push(rowOf(statement.prepared.columns, fields));
        } catch (error) {
          if (statement !== undefined) statement.failure ??= error;
        }
      },
      handleCommandComplete: ({ text }: { text: string }): void => complete(text),
      handleEmptyQuery: (): void => complete(''),
      handleReadyForQuery: over,
      handleError: (error: Error & { code?: string }): void => {
        const failed = statements.slice(at);
        if (failed[0]?.sql === 'begin') loss = error;
        for (const [index, { sql, isNew, reject }] of failed.entries()) {
          if (isNew || (index === 0 && FORGOTTEN.has(error.code ?? ''))) known.delete(sql);
          reject(error);
        }
        at = statements.length;
        over();
      },
    };
  };

  return {
    isLost: () => loss !== undefined,
    run: (sql, parameters) =>
      new Promise((resolve, reject) => {
        waiting.push({
          sql,
          parameters: parameters.map(parameterOf),
          resolve,
          reject,
          prepared: { name: '', columns: [] },
          isNew: true,
          rows: [],
          failure: undefined,
        });
        plan();
      }),
  };
};
