// The service, or its background half, in a process of its own: the options as JSON in the first argument.
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/database.ts';
import { openLog } from '#platform/log.ts';
import type { University } from '#src/config.ts';
import { loadUniversity, readEnvironment } from '#src/config.ts';
import { startAkashi } from '#src/main.ts';

export type ServiceOptions = {
  readonly part: 'web' | 'work';
  readonly variables: Readonly<Record<string, string>>;
  readonly identityProviders: University['identityProviders'];
};

const { part, variables, identityProviders } = JSON.parse(process.argv[2] ?? '{}') as ServiceOptions;
const environment = readEnvironment({ ...process.env, ...variables }, 'development');
const akashi = await startAkashi({
  environment,
  university: { ...(await loadUniversity(environment.universityFolder)), identityProviders },
  clock: systemClock,
  log: openLog('warn'),
  database: openDatabase(environment.databaseUrl ?? '', 16),
  web: part === 'web',
  worker: part === 'work',
});
process.once('message', () => void akashi.close().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(1));
process.send?.('ready');
