import { AkashiError } from '#domain/error.ts';
import type { Database } from '#platform/database/database.ts';
import { findRecord } from './issuance-store.ts';
import type { Typesetter } from './typeset/typesetter.ts';

/** What stands across every page of a copy that its owner keeps. */
const MARK = { ja: '本人控', en: 'PERSONAL COPY' };

/**
 * A document set once more for its owner to keep: marked on every page, without code, seal and signature, so that nobody
 * takes it for the certificate. The same document gives the same bytes. Throws `gone` when it was withdrawn or destroyed.
 */
export const createPersonalCopies =
  (db: Database, typesetter: Typesetter, host: string): ((documentId: string) => Promise<Uint8Array>) =>
  async (documentId) => {
    const record = await findRecord(db, documentId);
    if (record === null) throw new AkashiError('gone', { documentId });
    const { pdf } = await typesetter.typeset({
      template: record.snapshot.certificateType,
      seconds: Math.floor(Date.parse(record.issuedAt) / 1000),
      data: { record, host, watermark: true, mark: MARK, seals: [] },
      make: 'document',
    });
    if (pdf === null) throw new AkashiError('unexpected', { check: 'nothing was typeset' });
    return pdf;
  };
