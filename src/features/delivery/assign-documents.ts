import type { Recipient } from '#domain/order/delivery.ts';
import { copiesField } from '#domain/order/draft.ts';
import type { OrderLine } from '#features/ordering/index.ts';
import type { DeliverableDocument } from './dependencies.ts';

/**
 * Which documents go to whom: the copies of each line are dealt out in the recipients' order, as many as each is to have.
 * A line that was not issued is in nobody's share.
 */
export const assignDocuments = (
  recipients: readonly Recipient[],
  lines: readonly OrderLine[],
  documents: readonly DeliverableDocument[],
): readonly (readonly string[])[] => {
  const left = new Map(
    lines.map(({ id, enrolmentId, certificateType, language }) => [
      copiesField(enrolmentId, certificateType, language),
      documents
        .filter(({ orderLineId }) => orderLineId === id)
        .toSorted((a, b) => a.copy - b.copy)
        .map(({ documentId }) => documentId),
    ]),
  );
  return recipients.map(({ contents }) =>
    [...left].flatMap(([field, ids]) => ids.splice(0, contents[field] ?? 0)),
  );
};
