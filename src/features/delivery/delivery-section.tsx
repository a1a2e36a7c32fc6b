import type { VNode } from 'preact';
import { documentFileNames } from '#domain/delivery/file-name.ts';
import type { Order } from '#features/ordering/index.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Database } from '#platform/database/database.ts';
import type { Language } from '#platform/i18n/language.ts';
import { listDeliveries } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import type { DescribedDocument } from './describe-documents.ts';
import { describeDocuments } from './describe-documents.ts';
import type { ShownDelivery } from './views/delivery-section.tsx';
import { DeliverySection } from './views/delivery-section.tsx';

/** Stands in the names of files that are no certificates. */
const COPY_MARK = 'Personal_Copy';

const describeAll = async (
  db: Database,
  dependencies: DeliveryDependencies,
  orderId: string,
): Promise<ShownDelivery[]> => {
  const shown: ShownDelivery[] = [];
  for (const delivery of await listDeliveries(db, orderId))
    shown.push({ delivery, documents: await describeDocuments(db, dependencies, delivery) });
  return shown;
};

export type PersonalCopy = { readonly documentId: string; readonly fileName: string };

const copiesOf = (documents: readonly DescribedDocument[]): PersonalCopy[] => {
  const names = documentFileNames(
    documents.map(({ named }) => named),
    COPY_MARK,
  );
  return documents.map(({ documentId }, index) => ({ documentId, fileName: names[index] ?? '' }));
};

/** The copies that the owner of an order may keep, in the order of the page; none where the university gives none. */
export const listPersonalCopies = async (
  dependencies: DeliveryDependencies,
  orderId: string,
): Promise<PersonalCopy[]> => {
  if (!dependencies.personalCopy) return [];
  const shown = await describeAll(dependencies.db, dependencies, orderId);
  return copiesOf(shown.flatMap(({ documents }) => documents));
};

/** What ordering puts on the page of an order: null where nothing was sent. */
export const createDeliverySection =
  (dependencies: DeliveryDependencies) =>
  async (order: Order, language: Language): Promise<VNode | null> => {
    const deliveries = await describeAll(dependencies.db, dependencies, order.id);
    if (deliveries.length === 0) return null;
    const copies = dependencies.personalCopy ? deliveries.flatMap(({ documents }) => documents) : [];
    return (
      <DeliverySection
        texts={messagesFor(language).delivery.section}
        orderNumber={order.orderNumber}
        now={dependencies.clock.now()}
        {...{ language, deliveries, copies }}
      />
    );
  };
