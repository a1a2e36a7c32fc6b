import { createHash } from 'node:crypto';
import type { CertificateRecord, CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import { tokyoDate } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import type { Clock } from '#platform/clock.ts';
import { renderPage } from '#platform/pdf-image.ts';
import { keepNewest } from '#platform/remember.ts';
import type { Typesetter } from './typeset/typesetter.ts';
import { countRows } from './typeset/typesetter.ts';

export type CertificatePreview = {
  /** How many rows stand on each sheet. */
  readonly rowsBySheet: (snapshot: CertificateSnapshot) => Promise<readonly number[]>;
  /** As a PNG, grey where it will be printed without colour; throws `not-found` past the last page. */
  readonly previewPage: (
    snapshot: CertificateSnapshot,
    page: number,
    as: 'grey' | 'colour',
  ) => Promise<Uint8Array>;
};

/** A page of an order counts the sheets of every line anew, of snapshots that seldom changed since the last page. */
const COUNTS_KEPT = 2000;

/**
 * What was counted is looked at a moment later, sheet by sheet: so many files, some 100 kB each, are not typeset again.
 * Not for longer than this, so that who changes a template sees it.
 */
const FILES_KEPT = 100;
const FILE_LIFE_MS = 60_000;

/** Enough to read one's name, too little to pass on as a certificate. */
const DPI = 80;

type Draft = { readonly rowsBySheet: readonly number[]; readonly pdf: Uint8Array; readonly until: number };

/** What a certificate would look like: typeset like the real one, but watermarked, numberless and without a seal. */
export const createPreview = (typesetter: Typesetter, clock: Clock, host: string): CertificatePreview => {
  const counts = keepNewest<readonly number[]>(COUNTS_KEPT);
  const files = keepNewest<Draft>(FILES_KEPT);
  const keyOf = (snapshot: CertificateSnapshot): string =>
    createHash('sha256')
      .update(JSON.stringify([snapshot, tokyoDate(clock.now())]))
      .digest('base64');
  const typeset = async (snapshot: CertificateSnapshot): Promise<Draft> => {
    const now = clock.now();
    const record: CertificateRecord = {
      snapshot,
      serial: '',
      impression: 1,
      certificateNumber: '',
      issueDate: tokyoDate(now).toString(),
      issuedAt: now.toString(),
    };
    const made = await typesetter.typeset({
      template: snapshot.template,
      seconds: Math.floor(now.epochMilliseconds / 1000),
      data: { record, host, watermark: true, seals: [] },
      make: 'draft',
    });
    const until = now.epochMilliseconds + FILE_LIFE_MS;
    return { rowsBySheet: countRows(made), pdf: made.pdf ?? new Uint8Array(), until };
  };
  const draftOf = async (snapshot: CertificateSnapshot): Promise<Draft> => {
    const key = keyOf(snapshot);
    const kept = files.get(key);
    if (kept !== undefined && clock.now().epochMilliseconds < kept.until) return kept;
    const draft = await typeset(snapshot);
    files.set(key, draft);
    counts.set(key, draft.rowsBySheet);
    return draft;
  };
  return {
    rowsBySheet: async (snapshot) => counts.get(keyOf(snapshot)) ?? (await draftOf(snapshot)).rowsBySheet,
    previewPage: async (snapshot, page, as) => {
      const image = await renderPage((await draftOf(snapshot)).pdf, page, DPI, as);
      if (image === null) throw new AkashiError('not-found', { page });
      return image;
    },
  };
};
