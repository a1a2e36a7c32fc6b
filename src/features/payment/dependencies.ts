import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Log } from '#platform/log.ts';
import type { PaymentProvider } from './providers/provider.ts';

export type PaymentDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** The public origin, without a slash at the end. */
  readonly baseUrl: string;
  readonly universityName: { readonly ja: string; readonly en: string };
  readonly provider: PaymentProvider;
};
