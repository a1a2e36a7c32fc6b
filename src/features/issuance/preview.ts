import { createHash } from 'node:crypto';
import type { CertificateRecord, CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import { tokyoDate } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import type { Clock } from '#platform/clock.ts';
import { renderPage } from '#platform/pdf-image.ts';
import type { Typesetter } from './typeset/typesetter.ts';

export type CertificatePreview = {
  readonly countSheets: (snapshot: CertificateSnapshot) => Promise<number>;
  /** As a PNG, grey where it will be printed without colour; throws `not-found` past the last page. */
  readonly previewPage: (
    snapshot: CertificateSnapshot,
    page: number,
    as: 'grey' | 'colour',
  ) => Promise<Uint8Array>;
};

/** A page of an order counts the sheets of every line anew, of snapshots that seldom changed since the last page. */
const COUNTS_KEPT = 2000;

/** Enough to read one's name, too little to pass on as a certificate. */
const DPI = 80;

/** What a certificate would look like: typeset like the real one, but watermarked, numberless and without a seal. */
export const createPreview = (typesetter: Typesetter, clock: Clock, host: string): CertificatePreview => {
  const request = (snapshot: CertificateSnapshot, measure: boolean) => {
    const now = clock.now();
    const record: CertificateRecord = {
      snapshot,
      serial: '',
      impression: 1,
      certificateNumber: '',
      issueDate: tokyoDate(now).toString(),
      issuedAt: now.toString(),
    };
    return {
      template: snapshot.template,
      seconds: Math.floor(now.epochMilliseconds / 1000),
      data: { record, host, watermark: true, seals: [] },
      measure,
    };
  };
  const counts = new Map<string, number>();
  return {
    countSheets: async (snapshot) => {
      const asked = request(snapshot, true);
      const { record } = asked.data;
      const key = createHash('sha256')
        .update(JSON.stringify([snapshot, record.issueDate]))
        .digest('base64');
      const known = counts.get(key);
      if (known !== undefined) return known;
      const { pages } = await typesetter.typeset(asked);
      if (counts.size >= COUNTS_KEPT) counts.clear();
      counts.set(key, pages);
      return pages;
    },
    previewPage: async (snapshot, page, as) => {
      const { pdf } = await typesetter.typeset(request(snapshot, false));
      const image = pdf === null ? null : await renderPage(pdf, page, DPI, as);
      if (image === null) throw new AkashiError('not-found', { page });
      return image;
    },
  };
};
