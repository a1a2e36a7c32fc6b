import type { VNode } from 'preact';
import type { CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import type { PersonRecord } from '#domain/person/person.ts';
import type { University } from '#domain/university/university.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Language } from '#platform/i18n/language.ts';
import type { CookieJar } from '#platform/web/cookies.ts';
import type { Order } from './order-store.ts';
import type { Receipt } from './receipt-paper.ts';

export type RegisterReader = {
  /** What the register says of a person at `now`; throws `not-found` where it has none of that id. */
  readonly readRecord: (personId: string, now: Temporal.Instant, over?: Database) => Promise<PersonRecord>;
  /**
   * The same, perhaps as it was kept a minute ago where no import came between: to be shown, not to decide by. `over` is
   * the handle that the page's other reads go over.
   */
  readonly readRecentRecord: (
    personId: string,
    now: Temporal.Instant,
    over?: Database,
  ) => Promise<PersonRecord>;
};

export type Preview = {
  /** How many rows of an academic record stand on each sheet of a copy: as many numbers as sheets. */
  readonly rowsBySheet: (snapshot: CertificateSnapshot) => Promise<readonly number[]>;
  /**
   * A watermarked PNG of a page, counted from 1, grey where it will be printed without colour; throws `not-found` past
   * the last page.
   */
  readonly previewPage: (
    snapshot: CertificateSnapshot,
    page: number,
    as: 'grey' | 'colour',
  ) => Promise<Uint8Array>;
  /** The characters of a text that no font of ours has. */
  readonly missingGlyphs: (text: string) => readonly string[];
};

export type OrderingDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly cookies: CookieJar;
  /** The public origin, without a slash at the end. */
  readonly baseUrl: string;
  readonly university: Pick<
    University,
    | 'nameJa'
    | 'nameEn'
    | 'faculties'
    | 'certificateTypes'
    | 'grading'
    | 'academicRecord'
    | 'paperOnly'
    | 'fareDiscountPurposes'
    | 'issuers'
    | 'fees'
    | 'destinations'
    | 'calendar'
    | 'unit'
    | 'invoiceRegistrationNumber'
    | 'contacts'
    | 'limits'
    | 'deadlines'
  >;
  readonly register: RegisterReader;
  readonly preview: Preview;
  /** Typesets a receipt as PDF. */
  readonly typesetReceipt: (receipt: Receipt, at: Temporal.Instant) => Promise<Uint8Array>;
  /** Cryptographically random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** Whether issuing stands still everywhere, as far as a page says it: seconds old at most. */
  readonly isHalted: () => Promise<boolean>;
  readonly paymentPath: (orderNumber: string) => string;
  readonly ticketPath: (orderNumber: string) => string;
  /** What became of an order's sendings, for its page; null where nothing was sent. */
  readonly deliverySection: (order: Order, language: Language) => Promise<VNode | null>;
};
