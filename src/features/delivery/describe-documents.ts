import type { NamedDocument } from '#domain/delivery/file-name.ts';
import { documentFileNames } from '#domain/delivery/file-name.ts';
import type { OrderLine } from '#features/ordering/index.ts';
import { readOrderLines } from '#features/ordering/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { SentDelivery } from './delivery-store.ts';
import { listDeliveryDocuments } from './delivery-store.ts';
import type { DeliverableDocument, DeliveryDependencies } from './dependencies.ts';

/** A document of a sending, with everything its page and its file say of it. */
export type DescribedDocument = {
  readonly documentId: string;
  /** From 1, within its sending. */
  readonly position: number;
  readonly title: Readonly<Record<'ja' | 'en', string>>;
  readonly language: 'ja' | 'en';
  readonly personName: Readonly<Record<'ja' | 'en', string>>;
  readonly named: NamedDocument;
  readonly fileName: string;
  readonly downloadedAt: Temporal.Instant | null;
};

const nameDocument = (line: OrderLine, { serial, issueDate }: DeliverableDocument): NamedDocument => ({
  certificateType: line.certificateType,
  language: line.language,
  issueDate,
  nameRoman: line.snapshot.person.nameRoman,
  serial,
});

/**
 * The documents of a sending that can still be had. One that was withdrawn since, or destroyed after its time, is not
 * among them.
 */
export const describeDocuments = async (
  db: Database,
  { listDocuments }: Pick<DeliveryDependencies, 'listDocuments'>,
  { id, orderId }: SentDelivery,
): Promise<DescribedDocument[]> => {
  const lines = new Map((await readOrderLines(db, orderId)).map((line) => [line.id, line]));
  const issued = new Map((await listDocuments(db, orderId)).map((one) => [one.documentId, one]));
  const found = (await listDeliveryDocuments(db, id)).flatMap(({ documentId, position, downloadedAt }) => {
    const document = issued.get(documentId);
    const line = document === undefined ? undefined : lines.get(document.orderLineId);
    if (document === undefined || line === undefined) return [];
    const { titleJa, titleEn, person } = line.snapshot;
    return [
      {
        documentId,
        position,
        downloadedAt,
        title: { ja: titleJa, en: titleEn },
        language: line.language,
        personName: { ja: person.nameJa, en: person.nameRoman ?? person.nameJa },
        named: nameDocument(line, document),
      },
    ];
  });
  const names = documentFileNames(found.map(({ named }) => named));
  return found.map((one, index) => ({ ...one, fileName: names[index] ?? '' }));
};
