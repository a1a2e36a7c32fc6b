import { hashToken } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';
import type { SentDelivery } from './delivery-store.ts';
import { findDelivery, listDeliveryDocuments, lockDelivery } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import type { DescribedDocument } from './describe-documents.ts';
import { describeDocuments } from './describe-documents.ts';
import { findLink } from './link-store.ts';

/** Why a link shows nothing: each has its own page, none says more than the reader may know. */
export type ClosedLink = 'unknown' | 'replaced' | 'recalled' | 'expired' | 'withdrawn';

export type OpenLink = {
  readonly kind: 'open';
  readonly delivery: SentDelivery;
  readonly documents: readonly DescribedDocument[];
  /** How many of its documents the university has withdrawn. */
  readonly withdrawn: number;
};

export type LinkView = { readonly kind: ClosedLink } | OpenLink;

const judge = async (
  db: Database,
  dependencies: DeliveryDependencies,
  delivery: SentDelivery,
): Promise<LinkView> => {
  if (delivery.state === 'recalled') return { kind: 'recalled' };
  const now = dependencies.clock.now();
  // The job that lapses it may be late; the page is not.
  if (delivery.state === 'expired' || Temporal.Instant.compare(now, delivery.linkUntil) > 0)
    return { kind: 'expired' };
  const documents = await describeDocuments(db, dependencies, delivery);
  if (documents.length === 0) return { kind: 'withdrawn' };
  const all = await listDeliveryDocuments(db, delivery.id);
  return { kind: 'open', delivery, documents, withdrawn: all.length - documents.length };
};

/** What a token leads to, looked at only: nothing is changed by it. */
export const readLink = async (dependencies: DeliveryDependencies, token: string): Promise<LinkView> => {
  const { db } = dependencies;
  const link = await findLink(db, hashToken(token));
  if (link === null) return { kind: 'unknown' };
  if (link.replaced) return { kind: 'replaced' };
  const delivery = await findDelivery(db, link.deliveryId);
  return delivery === null ? { kind: 'unknown' } : judge(db, dependencies, delivery);
};

/** The same with the sending locked, for what changes it: recall, lapse and a newer link wait, or came before. */
export const lockLink = async (
  tx: Database,
  dependencies: DeliveryDependencies,
  token: string,
): Promise<LinkView> => {
  const hash = hashToken(token);
  const first = await findLink(tx, hash);
  if (first === null) return { kind: 'unknown' };
  const delivery = await lockDelivery(tx, first.deliveryId);
  // Asked again under the lock: a newer link may have been made while we waited.
  if ((await findLink(tx, hash))?.replaced === true) return { kind: 'replaced' };
  return judge(tx, dependencies, delivery);
};
