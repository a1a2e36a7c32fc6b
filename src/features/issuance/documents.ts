import { AkashiError } from '#domain/error.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { DocumentFiles } from './document-files.ts';
import { forgetDocument, readDocumentKey } from './document-key-store.ts';
import { listCertificates } from './issuance-store.ts';

export type IssuedDocument = {
  readonly documentId: string;
  readonly orderLineId: string;
  readonly copy: number;
  readonly serial: string;
  readonly issueDate: string;
  readonly impression: number;
  readonly pages: number;
  readonly sha256: string;
};

/** The documents of an order that are made and not yet destroyed, in printing order. */
export const listDocuments = async (db: Database, orderId: string): Promise<IssuedDocument[]> => {
  const certificates = await listCertificates(db, orderId);
  return certificates.flatMap(({ id, state, orderLineId, copy, record, pages, sha256 }) =>
    state !== 'made' || pages === null || sha256 === null
      ? []
      : [
          {
            documentId: id,
            orderLineId,
            copy,
            serial: record.serial,
            issueDate: record.issueDate,
            impression: record.impression,
            pages,
            sha256,
          },
        ],
  );
};

export type DocumentAccess = {
  /** `within` is the caller's transaction, if it has one: it must not wait for a second connection. */
  readDocument: (documentId: string, within?: Database) => Promise<Uint8Array>;
  destroyDocument: (documentId: string) => Promise<void>;
};

/** Reading throws `gone` once a document is destroyed; destroying twice is as good as once. */
export const createDocumentAccess = (
  db: Database,
  files: DocumentFiles,
  decrypt: (key: Uint8Array, sealed: Uint8Array) => Uint8Array,
): DocumentAccess => ({
  readDocument: async (documentId, within = db) => {
    const key = await readDocumentKey(within, documentId);
    if (key === null) throw new AkashiError('gone', { documentId });
    return decrypt(key, await files.read(documentId));
  },
  // The key goes first: a file without its key is noise, a key without its file would still be a key.
  destroyDocument: async (documentId) => {
    await transaction(db, (tx) => forgetDocument(tx, documentId));
    await files.remove(documentId);
  },
});
