import type { Database } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

export const insertDocumentKey = async (
  tx: Database,
  certificateId: string,
  key: Uint8Array,
): Promise<void> => {
  await write(
    tx,
    tx.insertInto('document_key').values({ issued_certificate_id: certificateId, key: Buffer.from(key) }),
  );
};

const select = prepare((db, { certificateId }: { readonly certificateId: string }) =>
  db.selectFrom('document_key').select('key').where('issued_certificate_id', '=', certificateId),
);

export const readDocumentKey = async (db: Database, certificateId: string): Promise<Uint8Array | null> =>
  (await select.first(db, { certificateId }))?.key ?? null;

/** Forgets the key and marks the document destroyed; the register row stays for ever. */
export const forgetDocument = async (tx: Database, certificateId: string): Promise<void> => {
  await write(tx, tx.deleteFrom('document_key').where('issued_certificate_id', '=', certificateId));
  await write(
    tx,
    tx
      .updateTable('issued_certificate')
      .set({ state: 'destroyed' })
      .where('id', '=', certificateId)
      .where('state', '=', 'made'),
  );
};
