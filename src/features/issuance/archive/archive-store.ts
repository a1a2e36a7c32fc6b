import type { Database } from '#platform/database/database.ts';

export type ArchiveLevel = 'B-B' | 'B-T' | 'B-LTA';

/** A kept document on its way; `problem` says what it waits for after a failed attempt. */
export type ArchiveEntry = {
  readonly documentId: string;
  readonly level: ArchiveLevel;
  readonly keptAt: Temporal.Instant;
  readonly problem: string | null;
  readonly attempts: number;
  readonly dueAt: Temporal.Instant;
};

const COLUMNS = ['issued_certificate_id', 'level', 'kept_at', 'problem', 'attempts', 'due_at'] as const;

type Row = {
  issued_certificate_id: string;
  level: string;
  kept_at: Temporal.Instant;
  problem: string | null;
  attempts: number;
  due_at: Temporal.Instant;
};

const fromRow = (row: Row): ArchiveEntry => ({
  documentId: row.issued_certificate_id,
  level: row.level as ArchiveLevel,
  keptAt: row.kept_at,
  problem: row.problem,
  attempts: row.attempts,
  dueAt: row.due_at,
});

export const enterArchive = async (tx: Database, documentId: string, at: Temporal.Instant): Promise<void> => {
  await tx
    .insertInto('document_archive')
    .values({ issued_certificate_id: documentId, kept_at: at, due_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** The entry, locked for the rest of the transaction; null when there is none or somebody else works on it. */
export const lockEntry = async (tx: Database, documentId: string): Promise<ArchiveEntry | null> => {
  const row = await tx
    .selectFrom('document_archive')
    .select(COLUMNS)
    .where('issued_certificate_id', '=', documentId)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
};

export const updateEntry = async (
  tx: Database,
  documentId: string,
  change: { level: ArchiveLevel; problem: string | null; attempts: number; dueAt: Temporal.Instant },
): Promise<void> => {
  await tx
    .updateTable('document_archive')
    .set({
      level: change.level,
      problem: change.problem,
      attempts: change.attempts,
      due_at: change.dueAt,
    })
    .where('issued_certificate_id', '=', documentId)
    .execute();
};

export const leaveArchive = async (tx: Database, documentId: string): Promise<void> => {
  await tx.deleteFrom('document_archive').where('issued_certificate_id', '=', documentId).execute();
};

/** The register's hash of the document's bytes, which a longer signature changes. */
export const updateHash = async (tx: Database, documentId: string, sha256: string): Promise<void> => {
  await tx.updateTable('issued_certificate').set({ sha256 }).where('id', '=', documentId).execute();
};

/** What should have been done by `at`, longest due first. */
export const listDue = async (db: Database, at: Temporal.Instant, limit: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('document_archive')
    .select('issued_certificate_id')
    .where('due_at', '<=', at)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.issued_certificate_id);
};

/** Everything that is not yet B-LTA, or whose renewal failed; longest kept first. */
export const listWaiting = async (db: Database): Promise<ArchiveEntry[]> => {
  const rows = await db
    .selectFrom('document_archive')
    .select(COLUMNS)
    .where((where) => where.or([where('level', '!=', 'B-LTA'), where('problem', 'is not', null)]))
    .orderBy('kept_at')
    .execute();
  return rows.map(fromRow);
};
