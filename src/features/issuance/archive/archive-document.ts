import { createHash } from 'node:crypto';
import { AkashiError } from '#domain/error.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { DocumentFiles } from '../document-files.ts';
import { readDocumentKey } from '../document-key-store.ts';
import type { ArchiveEntry, ArchiveLevel } from './archive-store.ts';
import { enterArchive, leaveArchive, listDue, lockEntry, updateEntry, updateHash } from './archive-store.ts';
import type { ArchiveTools, SoundPdf } from './extend-document.ts';
import { addArchivalData, addTimestamp, requireSound } from './extend-document.ts';

export type ArchiveDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly files: DocumentFiles;
  readonly encrypt: (key: Uint8Array, bytes: Uint8Array) => Uint8Array;
  readonly decrypt: (key: Uint8Array, sealed: Uint8Array) => Uint8Array;
  /** Null while the university has chosen no timestamp authority: kept documents then stay B-B, and say so. */
  readonly tools: ArchiveTools | null;
};

const LONGEST_PAUSE_MINUTES = 60;
const SWEEP_EVERY = { minutes: 10 };
const SWEEP_AT_ONCE = 500;
/** A proof is renewed a year before the certificate of its newest timestamp expires. */
const RENEW_BEFORE = { hours: 24 * 365 };

/**
 * Says that a document stays as a file: its signature shall be provable for long. Call it in the transaction that
 * decides so; the queue does the rest.
 */
export const keepDocument = async (tx: Database, documentId: string, at: Temporal.Instant): Promise<void> => {
  await enterArchive(tx, documentId, at);
  await addJob(tx, 'archive-document', { documentId }, { key: `archive-document:${documentId}` });
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof AkashiError)) return 'unexpected';
  const [entry] = Object.entries(error.detail);
  return entry === undefined ? error.code : `${entry[0]}: ${entry[1]}`;
};

const dueAfter = ({ provableUntil }: SoundPdf, now: Temporal.Instant): Temporal.Instant =>
  provableUntil === null ? now : provableUntil.subtract(RENEW_BEFORE);

type Step = { readonly pdf: Uint8Array; readonly verdict: SoundPdf };

const STEPS: readonly ArchiveLevel[] = ['B-B', 'B-T', 'B-LTA'];

/**
 * The next step up from where the file itself says it is; a B-LTA that is due is renewed. A file that is further on than
 * its row was written just before a crash, and is taken as it is.
 */
const climb = async (tools: ArchiveTools, pdf: Uint8Array, known: ArchiveLevel): Promise<Step> => {
  const verdict = await requireSound(tools, pdf);
  const { level } = verdict;
  if (STEPS.indexOf(level) > STEPS.indexOf(known)) return { pdf, verdict };
  const longer = await (level === 'B-B' ? addTimestamp(tools, pdf) : addArchivalData(tools, pdf));
  return { pdf: longer, verdict: await requireSound(tools, longer) };
};

const takeStep = async (
  tx: Database,
  { clock, files, encrypt, decrypt, tools }: ArchiveDependencies,
  { documentId, level: known }: ArchiveEntry,
  key: Uint8Array,
): Promise<ArchiveLevel> => {
  if (tools === null) throw new AkashiError('unavailable', { timestamp: 'no authority is configured' });
  const { pdf, verdict } = await climb(tools, decrypt(key, await files.read(documentId)), known);
  await files.write(documentId, encrypt(key, pdf));
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  await updateHash(tx, documentId, sha256);
  const at = clock.now();
  const { level } = verdict;
  const dueAt = level === 'B-LTA' ? dueAfter(verdict, at) : at;
  await updateEntry(tx, documentId, { level, problem: null, attempts: 0, dueAt });
  const subject = `certificate:${documentId}`;
  const data = { level, sha256, existedAt: verdict.existedAt?.toString() ?? null };
  await recordEvent(tx, { at, type: 'document.extended', subject, actor: 'system', data });
  return level;
};

/** Minutes until the next attempt: 1, 2, 4, … up to an hour. */
const pauseAfter = (attempts: number): number => Math.min(2 ** (attempts - 1), LONGEST_PAUSE_MINUTES);

const noteFailure = async (
  tx: Database,
  { clock }: ArchiveDependencies,
  entry: ArchiveEntry,
  error: unknown,
): Promise<void> => {
  const attempts = entry.attempts + 1;
  const dueAt = clock.now().add({ minutes: pauseAfter(attempts) });
  const { documentId, level } = entry;
  await updateEntry(tx, documentId, { level, problem: reasonOf(error), attempts, dueAt });
  const options = { key: `archive-document:${documentId}`, runAt: dueAt };
  await addJob(tx, 'archive-document', { documentId }, options);
};

/**
 * Takes a kept document one step up, B-B → B-T → B-LTA, and comes again until it is there. Each step is committed. The
 * file is written before its row: after a crash between the two the file itself says how far it came. The row stays
 * locked while the authority is asked, so that two runs never write one file; a failure is noted and tried again.
 */
export const archiveDocument = (dependencies: ArchiveDependencies, documentId: string): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const entry = await lockEntry(tx, documentId);
    if (entry === null) return;
    if (Temporal.Instant.compare(entry.dueAt, dependencies.clock.now()) > 0) return;
    const key = await readDocumentKey(tx, documentId);
    if (key === null) return leaveArchive(tx, documentId); // destroyed since
    try {
      const level = await takeStep(tx, dependencies, entry, key);
      const options = { key: `archive-document:${documentId}` };
      if (level !== 'B-LTA') await addJob(tx, 'archive-document', { documentId }, options);
    } catch (error) {
      await noteFailure(tx, dependencies, entry, error);
    }
  });

/** Finds what is due and has no job any more, renewals among it; runs again in ten minutes. */
export const sweepArchive = async ({ db, clock }: ArchiveDependencies): Promise<void> => {
  for (const documentId of await listDue(db, clock.now(), SWEEP_AT_ONCE)) {
    await addJob(db, 'archive-document', { documentId }, { key: `archive-document:${documentId}` });
  }
  await addJob(db, 'sweep-archive', {}, { key: 'sweep-archive', runAt: clock.now().add(SWEEP_EVERY) });
};
