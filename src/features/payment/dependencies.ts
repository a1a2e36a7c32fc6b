import type { Bilingual } from '#domain/bilingual.ts';
import { AkashiError } from '#domain/error.ts';
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
  readonly universityName: Bilingual;
  /** Days in which cash can be paid at a store; they end at 23:59:59 JST. */
  readonly cashDays: number;
  /** The company for new payments. */
  readonly provider: PaymentProvider;
  /** Companies that were used before and still hold payments of ours. */
  readonly formerProviders?: readonly PaymentProvider[];
};

export const providersOf = ({
  provider,
  formerProviders = [],
}: Pick<PaymentDependencies, 'provider' | 'formerProviders'>): readonly PaymentProvider[] => [
  provider,
  ...formerProviders,
];

/** The company that holds a payment. Throws `unavailable` for one that is no longer configured. */
export const providerOf = (
  dependencies: Pick<PaymentDependencies, 'provider' | 'formerProviders'>,
  name: string,
): PaymentProvider => {
  const provider = providersOf(dependencies).find((candidate) => candidate.name === name);
  if (provider === undefined) throw new AkashiError('unavailable', { provider: name });
  return provider;
};
