import type { Bilingual } from '#domain/bilingual.ts';
import { AkashiError } from '#domain/error.ts';
import type { Database } from '#platform/database/database.ts';
import { readCertificate } from './issuance-store.ts';
import type { ImpressionSummary } from './status-store.ts';
import { listSerial } from './status-store.ts';

/** Every impression of a serial with its state and status, without what it says about the person. */
export const showCertificate = async (db: Database, serial: string): Promise<ImpressionSummary[]> => {
  const impressions = await listSerial(db, serial);
  if (impressions.length === 0) throw new AkashiError('not-found', { serial });
  return impressions;
};

/** The name of what an impression certifies. Throws `not-found`. */
export const titleOf = async (db: Database, certificateId: string): Promise<Bilingual> => {
  const { titleJa, titleEn } = (await readCertificate(db, certificateId)).record.snapshot;
  return { ja: titleJa, en: titleEn };
};
