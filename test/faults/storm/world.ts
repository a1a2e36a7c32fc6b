import type { Database } from '#platform/database/database.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Machine } from './machine.ts';
import type { Mailbox } from './mailbox.ts';
import type { Person } from './people.ts';

/** What the people of a storm have to do with. */
export type StormWorld = {
  readonly db: Database;
  /** The service's address. */
  readonly url: string;
  readonly seen: Acknowledged;
  readonly mailbox: Mailbox;
  readonly machine: Machine;
  /** Pays a checkout at the company. */
  readonly pay: (checkoutId: string) => Promise<void>;
  readonly random: () => number;
  /** Somebody new, with or without a confirmed mail address. */
  readonly enter: (name: string, address: string | null) => Promise<Person>;
  /** The field of copies of the certificate that everybody orders. */
  readonly copies: string;
  /** What has to wait for a lease to end goes on beside everything else. */
  readonly later: (work: () => Promise<void>) => void;
};
