import type { TransparencyLog } from '#features/transparency-log/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { DocumentFiles } from './document-files.ts';
import type { DocumentMaker } from './make-document.ts';

export type IssueDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly files: DocumentFiles;
  readonly maker: DocumentMaker;
  readonly log: TransparencyLog;
  readonly createSerial: () => string;
  readonly createKey: () => Uint8Array;
  readonly encrypt: (key: Uint8Array, bytes: Uint8Array) => Uint8Array;
  readonly decrypt: (key: Uint8Array, sealed: Uint8Array) => Uint8Array;
  /** Looks at every line of an order again, each by itself, before anything of it is reserved. */
  readonly recheckLines: (orderId: string) => Promise<void>;
};
