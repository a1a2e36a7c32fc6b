import { systemClock } from '#platform/clock.ts';
import { openLog } from '#platform/log.ts';
import type { Environment } from '#src/config.ts';
import { loadUniversity } from '#src/config.ts';
import { openOwnDatabase } from '../compose/database.ts';
import { startAkashi } from '../main.ts';
import type { Commands } from './command.ts';
import { withDatabase } from './command.ts';

/** Stops cleanly on the first Ctrl-C or TERM; a second one ends at once. */
export const stopOnSignal = (close: () => Promise<void>): void => {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void close().then(() => process.exit(0));
    });
  }
};

const run = async (environment: Environment, parts: { web: boolean; worker: boolean }): Promise<void> => {
  const university = await loadUniversity(environment.universityFolder);
  const log = openLog(environment.variables['AKASHI_LOG'] ?? 'info');
  const database = await openOwnDatabase(environment);
  const akashi = await startAkashi({ environment, university, clock: systemClock, log, database, ...parts });
  log.info({ url: akashi.url, ...parts }, 'started');
  stopOnSignal(akashi.close);
};

/** What keeps running, and the database it runs on. */
export const SERVICE_COMMANDS: Commands = {
  serve: {
    takes: '[--no-worker]',
    about: 'the service (web, and background jobs unless told otherwise)',
    run: (environment, words) => run(environment, { web: true, worker: !words.includes('--no-worker') }),
  },
  work: {
    about: 'background jobs only',
    run: (environment) => run(environment, { web: false, worker: true }),
  },
  migrate: {
    about: 'bring the database up to date',
    run: (environment) => withDatabase(environment, async () => console.log('The database is up to date.')),
  },
};
