import type { Catalog } from '#messages/catalog.ts';
import type { Language } from '#platform/i18n/language.ts';
import type { SentDelivery } from '../delivery-store.ts';
import type { DescribedDocument } from '../describe-documents.ts';

export type RecipientProps = {
  readonly texts: Catalog['delivery']['page'];
  readonly language: Language;
  readonly token: string;
  readonly delivery: SentDelivery;
  readonly documents: readonly DescribedDocument[];
  readonly withdrawn: number;
  readonly universityName: string;
  readonly verificationPath: string;
  /** The documents may be fetched from this browser. */
  readonly shown: boolean;
  readonly code: CodeNews;
  readonly errorSummary: string;
  /** Until when the time could be extended; null when it was. */
  readonly extendUntil: Temporal.Instant | null;
};

/** What the form says of codes: whether one can be entered, and what was wrong with the last one. */
export type CodeNews = {
  readonly mailed: boolean;
  readonly typed: string;
  readonly problem: { readonly kind: 'wrong'; readonly left: number } | 'no-code' | 'too-many' | null;
  /** The address, hidden but for its first letter and domain. */
  readonly address: string;
};
