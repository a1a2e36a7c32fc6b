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

export type ImpressionNames = {
  readonly title: Bilingual;
  /** In which it is printed. */
  readonly language: 'ja' | 'en';
  readonly serial: string;
};

/** By what its owner knows an impression: what it is, and the serial on the sheet. Throws `not-found`. */
export const nameImpression = async (db: Database, certificateId: string): Promise<ImpressionNames> => {
  const { serial, snapshot } = (await readCertificate(db, certificateId)).record;
  return {
    title: { ja: snapshot.titleJa, en: snapshot.titleEn },
    language: snapshot.language,
    serial,
  };
};
