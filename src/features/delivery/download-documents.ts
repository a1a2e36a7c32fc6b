import { TOKYO } from '#domain/dates.ts';
import { archiveFileName } from '#domain/delivery/file-name.ts';
import { AkashiError } from '#domain/error.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { storeZip } from '#platform/zip.ts';
import { markDownloaded } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import type { DescribedDocument } from './describe-documents.ts';
import { moveDelivery } from './follow-order.ts';
import { maySee } from './one-time-code.ts';
import type { ClosedLink, OpenLink } from './read-link.ts';
import { lockLink } from './read-link.ts';

export type Download =
  | { readonly kind: ClosedLink | 'closed' }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly type: 'application/pdf' | 'application/zip';
      readonly bytes: Uint8Array;
    };

export type DownloadRequest = {
  readonly token: string;
  /** A document's position, or `all`. */
  readonly which: string;
  /** What the browser's cookie says, for sendings that ask for a code. */
  readonly grant: string | undefined;
};

/**
 * Gives documents away, the newest file of each. They are read under the lock and before the download is noted: what is
 * noted was there, and what was called back, lapsed or withdrawn first is not given.
 */
export const downloadDocuments = (
  dependencies: DeliveryDependencies,
  { token, which, grant }: DownloadRequest,
): Promise<Download> =>
  transaction(dependencies.db, async (tx): Promise<Download> => {
    const link = await lockLink(tx, dependencies, token);
    if (link.kind !== 'open') return { kind: link.kind };
    const { delivery, documents } = link;
    if (!(await maySee({ ...dependencies, db: tx }, delivery, grant))) return { kind: 'closed' };
    const wanted = which === 'all' ? documents : documents.filter(({ position }) => `${position}` === which);
    if (wanted.length === 0) throw new AkashiError('not-found');
    const file = await readFiles(tx, dependencies, wanted);
    await note(tx, dependencies, link, wanted);
    return file;
  });

const readFiles = async (
  tx: Database,
  { readDocument, clock }: DeliveryDependencies,
  wanted: readonly DescribedDocument[],
): Promise<Download> => {
  const entries = [];
  for (const { documentId, fileName: name } of wanted)
    entries.push({ name, bytes: await readDocument(documentId, tx) });
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return { kind: 'file', type: 'application/pdf', ...only };
  const bytes = storeZip(entries, clock.now().toZonedDateTimeISO(TOKYO).toPlainDateTime());
  const name = archiveFileName(wanted.map(({ named }) => named));
  return { kind: 'file', type: 'application/zip', name, bytes };
};

const note = async (
  tx: Database,
  { clock }: DeliveryDependencies,
  { delivery, documents }: OpenLink,
  wanted: readonly DescribedDocument[],
): Promise<void> => {
  const at = clock.now();
  const actor = `recipient:${delivery.id}`;
  const positions = wanted.map(({ position }) => position);
  await markDownloaded(tx, delivery.id, positions, at);
  const data = { deliveryId: delivery.id, documents: positions.join(' ') };
  const subject = `order:${delivery.orderId}`;
  await recordEvent(tx, { at, type: 'delivery.file-given', subject, actor, data });
  const isGiven = ({ downloadedAt, position }: DescribedDocument): boolean =>
    downloadedAt !== null || positions.includes(position);
  if (delivery.state === 'opened' && documents.every(isGiven))
    await moveDelivery(tx, { delivery, event: 'download', at, actor, change: { downloadedAt: at } });
};
