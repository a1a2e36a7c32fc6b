import type { Bilingual } from '#domain/bilingual.ts';
import type { StoreChain } from '#domain/destination/destination.ts';
import type { DrawInteger } from '#domain/print-number/print-number.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, DatabaseTransaction } from '#platform/database/database.ts';
import type { AwaitedTickets } from './awaited-tickets.ts';
import type { CampusPrinting } from './campus/machines.ts';
import type { PrintSecrets } from './print-secrets.ts';

/** A document of an order as issuance lists it. */
export type PrintableDocument = {
  readonly documentId: string;
  readonly pages: number;
  readonly sha256: string;
};

/** One signing key of a copier network; a network has two while it changes keys. */
export type CopierKey = { readonly code: string; readonly keyId: string; readonly secret: string };

export type PrintingDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly baseUrl: string;
  readonly secrets: PrintSecrets;
  readonly draw: DrawInteger;
  readonly printDays: number;
  /** How often, and for how many hours after the print, an owner may say that sheets came out badly. */
  readonly badPrints: { readonly perOrder: number; readonly hours: number };
  readonly chains: readonly StoreChain[];
  readonly campus: CampusPrinting;
  readonly copierKeys: readonly CopierKey[];
  /** Milliseconds to let pass before a network that guesses is answered. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Tells whoever watches the service; `misses` are those of ten minutes. */
  readonly raiseAlarm: (alarm: { readonly network: string; readonly misses: number }) => void;
  readonly awaited: AwaitedTickets;
  readonly listDocuments: (db: Database, orderId: string) => Promise<readonly PrintableDocument[]>;
  readonly readDocument: (documentId: string) => Promise<Uint8Array>;
  readonly destroyDocument: (documentId: string) => Promise<void>;
  /** By what its owner knows a document: what it is, in which language, and the serial on the sheet. */
  readonly nameImpression: (
    documentId: string,
  ) => Promise<{ readonly title: Bilingual; readonly language: 'ja' | 'en'; readonly serial: string }>;
  /** Whether issuing stands still, as far as a page says it: seconds old at most. */
  readonly isHalted: () => Promise<boolean>;
  /** Voids an impression, for the reason given, and reserves the next; null when the certificate was withdrawn. */
  readonly renewImpression: (
    tx: DatabaseTransaction,
    documentId: string,
    reason: 'reprinted' | 'never-released',
  ) => Promise<string | null>;
  /** Makes what was reserved, under a seal of its own. */
  readonly makeImpression: (documentId: string) => Promise<PrintableDocument | 'halted' | 'withdrawn'>;
};
