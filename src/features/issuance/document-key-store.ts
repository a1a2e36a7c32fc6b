import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

type OfDocument = { readonly certificateId: string };

const insert = prepare((db, { certificateId, key }: OfDocument & { readonly key: Buffer }) =>
  db.insertInto('document_key').values({ issued_certificate_id: certificateId, key }),
);

export const insertDocumentKey = (tx: Database, certificateId: string, key: Uint8Array): Promise<void> =>
  insert.write(tx, { certificateId, key: Buffer.from(key) });

const select = prepare((db, { certificateId }: OfDocument) =>
  db.selectFrom('document_key').select('key').where('issued_certificate_id', '=', certificateId),
);

export const readDocumentKey = async (db: Database, certificateId: string): Promise<Uint8Array | null> =>
  (await select.first(db, { certificateId }))?.key ?? null;

const forget = prepare((db, { certificateId }: OfDocument) =>
  db
    .with('gone', (key) => key.deleteFrom('document_key').where('issued_certificate_id', '=', certificateId))
    .updateTable('issued_certificate')
    .set({ state: 'destroyed' })
    .where('id', '=', certificateId)
    .where('state', '=', 'made'),
);

/** Forgets the key and marks the document destroyed; the register row stays for ever. */
export const forgetDocument = (tx: Database, certificateId: string): Promise<void> =>
  forget.write(tx, { certificateId });
