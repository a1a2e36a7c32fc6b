import { verifyLog } from '#features/transparency-log/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openLog } from '#platform/log.ts';
import type { Environment } from '#src/config.ts';
import { loadUniversity } from '#src/config.ts';
import { openTransparency } from './transparency.ts';

type Command = (environment: Environment, words: string[]) => Promise<void>;
type WithDatabase = (
  environment: Environment,
  work: (database: { readonly db: Database }) => Promise<void>,
) => Promise<void>;

const transparencyOf = async (environment: Environment, db: Database) =>
  openTransparency({
    db,
    clock: systemClock,
    log: openLog('warn'),
    environment,
    university: await loadUniversity(environment.universityFolder),
  });

export const LOG_USAGE = `akashi log verify                 check the transparency log: entries, tiles, checkpoints
akashi log keys                   the keys that an auditor needs (docs/transparency-log.md)`;

/** `akashi log …`. */
export const logCommands = (withDatabase: WithDatabase): Readonly<Record<string, Command>> => ({
  'log verify': (environment) =>
    withDatabase(environment, async ({ db }) => {
      const { publish } = await transparencyOf(environment, db);
      const { leaves, checkpoints, broken } = await verifyLog(db, publish.signer.verifier);
      console.log(`${leaves} leaves, ${checkpoints} checkpoints, ${broken ?? 'all in order'}.`);
      if (broken !== null) process.exitCode = 1;
    }),
  'log keys': (environment) =>
    withDatabase(environment, async ({ db }) => {
      const { logKey, witnessKey } = await transparencyOf(environment, db);
      console.log(`log      ${logKey}\nwitness  ${witnessKey ?? 'none is named in university.yaml'}`);
    }),
});
