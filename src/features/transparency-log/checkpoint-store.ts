import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import { NEWEST } from './log-store.ts';

export type SignedCheckpoint = {
  readonly id: bigint;
  readonly size: number;
  /** The signed lines, and the lines of signatures. */
  readonly text: string;
  readonly signatures: string;
  readonly signedAt: Temporal.Instant;
  readonly cosignedAt: Temporal.Instant | null;
};

const COLUMNS = ['id', 'size', 'text', 'signatures', 'signed_at', 'cosigned_at'] as const;
type Row = {
  id: bigint;
  size: bigint;
  text: string;
  signatures: string;
  signed_at: Temporal.Instant;
  cosigned_at: Temporal.Instant | null;
};

const fromRow = (row: Row): SignedCheckpoint => ({
  id: row.id,
  size: Number(row.size),
  text: row.text,
  signatures: row.signatures,
  signedAt: row.signed_at,
  cosignedAt: row.cosigned_at,
});

/** The whole note, as it is served. */
export const noteOf = ({ text, signatures }: Pick<SignedCheckpoint, 'text' | 'signatures'>): string =>
  `${text}\n${signatures}`;

const newest = (db: Database) =>
  db.selectFrom('log_checkpoint').select(COLUMNS).orderBy('id', 'desc').limit(NEWEST);
const selectNewest = prepare((db) => newest(db));
const selectCosigned = prepare((db) => newest(db).where('cosigned_at', 'is not', null));

/** The newest checkpoint; of the cosigned ones where asked. */
export const newestCheckpoint = async (
  db: Database,
  { cosigned }: { cosigned: boolean },
): Promise<SignedCheckpoint | null> => {
  const row = await (cosigned ? selectCosigned : selectNewest).first(db, {});
  return row === undefined ? null : fromRow(row);
};

export const insertCheckpoint = async (
  db: Database,
  checkpoint: Pick<SignedCheckpoint, 'size' | 'text' | 'signatures' | 'signedAt'>,
): Promise<SignedCheckpoint> => {
  const row = await db
    .insertInto('log_checkpoint')
    .values({
      size: BigInt(checkpoint.size),
      text: checkpoint.text,
      signatures: checkpoint.signatures,
      signed_at: checkpoint.signedAt,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return fromRow(row);
};

/** Adds a witness's lines to a checkpoint. */
export const addCosignatures = async (
  db: Database,
  id: bigint,
  lines: string,
  at: Temporal.Instant,
): Promise<void> => {
  await db
    .updateTable('log_checkpoint')
    .set((eb) => ({ signatures: eb('signatures', '||', lines), cosigned_at: at }))
    .where('id', '=', id)
    .where('cosigned_at', 'is', null)
    .execute();
};

/** Cosigned checkpoints after `after`, oldest first, at most `limit`. */
export const listCosigned = async (
  db: Database,
  after: bigint,
  limit: number,
): Promise<SignedCheckpoint[]> => {
  const rows = await db
    .selectFrom('log_checkpoint')
    .select(COLUMNS)
    .where('cosigned_at', 'is not', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
};

/** Every checkpoint that was signed, oldest first. */
export const listCheckpoints = async (db: Database): Promise<SignedCheckpoint[]> =>
  (await db.selectFrom('log_checkpoint').select(COLUMNS).orderBy('id').execute()).map(fromRow);
