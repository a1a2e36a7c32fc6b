import type { Clock } from '#platform/clock.ts';
import type { Log } from '#platform/log.ts';
import type { Ports } from './ports.ts';

export type Development = {
  readonly ports: Ports;
  readonly url: string;
  readonly inboxUrl: string;
  readonly identityProviderUrl: string;
  readonly paymentCompanyUrl: string;
  readonly copierUrl: string;
  readonly campusPrinterUrl: string;
  readonly witnessUrl: string;
  readonly timestampAuthorityUrl: string;
  close: () => Promise<void>;
};

export type DevelopmentOptions = {
  readonly ports: Ports;
  readonly dataFolder: string;
  readonly databaseUrl?: string;
  readonly clock?: Clock;
  readonly logLevel?: string;
  /** Where the service logs, instead of standard output. */
  readonly log?: Log;
};
