import { join, resolve } from 'node:path';
import type { OpenDatabase } from '#platform/database/database.ts';
import { openDatabase } from '#platform/database/database.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';
import { migrate } from '#platform/database/migrate.ts';
import type { Environment } from '#src/config.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');

export type OwnDatabase = OpenDatabase & {
  /** For a command: a server that was running before it goes on running. */
  release: () => Promise<void>;
};

/** The database of the environment: the given server, or our own, started or adopted under the data folder. */
export const openOwnDatabase = async (
  environment: Pick<Environment, 'dataFolder' | 'databaseUrl'>,
): Promise<OwnDatabase> => {
  const folder = join(environment.dataFolder, 'postgres');
  const embedded = environment.databaseUrl === undefined ? await startEmbeddedPostgres(folder) : undefined;
  const url = environment.databaseUrl ?? embedded?.url ?? '';
  await migrate(url, MIGRATIONS);
  const database = openDatabase(url, 16);
  const close = async (): Promise<void> => {
    await database.close();
    await embedded?.stop();
  };
  return { ...database, close, release: embedded?.adopted === true ? database.close : close };
};
