import type { Contact } from '#domain/university/contact.ts';
import type { Clock } from '#platform/clock.ts';
import type { Random } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';
import type { CookieJar } from '#platform/web/cookies.ts';

/** A document of an order as issuance lists it: made, valid and not destroyed. */
export type DeliverableDocument = {
  readonly documentId: string;
  readonly orderLineId: string;
  readonly copy: number;
  readonly serial: string;
  /** ISO 8601. */
  readonly issueDate: string;
};

export type DeliveryDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly cookies: CookieJar;
  readonly random: Random;
  /** The public origin, without a slash at the end. */
  readonly baseUrl: string;
  readonly universityName: Readonly<Record<'ja' | 'en', string>>;
  readonly contacts: readonly Contact[];
  /** For how many months a link lives, and by how many its recipient may lengthen it, once. */
  readonly linkMonths: number;
  /** Whether the person may keep a marked copy of what was sent. */
  readonly personalCopy: boolean;
  readonly verificationPath: string;
  readonly listDocuments: (db: Database, orderId: string) => Promise<readonly DeliverableDocument[]>;
  readonly readDocument: (documentId: string, within: Database) => Promise<Uint8Array>;
  /** Says in the transaction that a document stays as a file, for its long-term signature. */
  readonly keepDocument: (tx: Database, documentId: string, at: Temporal.Instant) => Promise<void>;
  /** The document typeset once more with a mark on every page, without seal and signature. */
  readonly makePersonalCopy: (documentId: string) => Promise<Uint8Array>;
  /** Whether the account's mail address was changed so lately that the change can still be undone. */
  readonly hasOpenUndo: (db: Database, accountId: string, now: Temporal.Instant) => Promise<boolean>;
};
