import type { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';
import { write } from './database.ts';

/** Stands for an argument while a statement is built. */
class StandIn {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const STAND_INS: object = new Proxy({}, { get: (_, name) => new StandIn(String(name)) });

export type PreparedStatement<Arguments, Row> = {
  readonly all: (db: Database, given: Arguments) => Promise<Row[]>;
  /** The first row; undefined when there is none. */
  readonly first: (db: Database, given: Arguments) => Promise<Row | undefined>;
  /** As `write`: nobody waits for it within a transaction. */
  readonly write: (db: Database, given: Arguments) => Promise<void>;
};

/**
 * A statement that is built and compiled once in the life of a process, which takes some ten times as long as handing it
 * its arguments. `build` may only place what it is given as values, each as it is: at that time stand-ins are all it gets.
 */
export const prepare = <Arguments extends object, Row>(
  build: (db: Database, given: Arguments) => { compile: (db: Database) => CompiledQuery<Row> },
): PreparedStatement<Arguments, Row> => {
  let built: CompiledQuery<Row> | undefined;
  const compile = (db: Database, given: Arguments): CompiledQuery<Row> => {
    // A plugin looks at statements while they are built.
    if (db.getExecutor().plugins.length > 0) return build(db, given).compile(db);
    built ??= build(db, STAND_INS as Arguments).compile(db);
    const parameters = built.parameters.map((value) =>
      value instanceof StandIn ? given[value.name as keyof Arguments] : value,
    );
    return { ...built, parameters };
  };
  const all = async (db: Database, given: Arguments): Promise<Row[]> =>
    (await db.executeQuery(compile(db, given))).rows;
  return {
    all,
    first: async (db, given) => (await all(db, given))[0],
    write: (db, given) => write(db, { compile: () => compile(db, given) }),
  };
};
