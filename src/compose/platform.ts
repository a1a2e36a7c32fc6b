import type { ServiceProvider } from '#features/sign-in/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Log } from '#platform/log.ts';
import type { Environment, University } from '#src/config.ts';

/** What the composition hands to every feature's door, which takes from it what it names. */
export type Platform = {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly environment: Environment;
  readonly university: University;
  readonly serviceProvider: ServiceProvider;
};
