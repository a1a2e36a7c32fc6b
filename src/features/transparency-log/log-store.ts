import { sql } from 'kysely';
import type { Leaf } from '#domain/transparency/leaf.ts';
import type { Hash } from '#domain/transparency/merkle.ts';
import type { Database } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

const HASH_BYTES = 32;
/** A limit in the text: of one that comes beside it PostgreSQL expects a tenth of the table, and plans anew each time. */
export const NEWEST = sql.lit(1);

const SEQUENCER_LOCK = 7_245_121;

/** Only one transaction at a time adds leaves; others wait for it to end. */
export const lockSequencer = async (tx: Database): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${SEQUENCER_LOCK})`.execute(tx);
};

export type LogHead = { readonly size: number; readonly lastAt: Temporal.Instant | null };

const selectNewest = prepare((db) =>
  db.selectFrom('log_leaf').select(['index', 'at']).orderBy('index', 'desc').limit(NEWEST),
);

/** How many leaves there are, and the instant of the last. */
export const readHead = async (db: Database): Promise<LogHead> => {
  const row = await selectNewest.first(db, {});
  return row === undefined ? { size: 0, lastAt: null } : { size: Number(row.index) + 1, lastAt: row.at };
};

export type LeafPlace = {
  readonly index: number;
  readonly at: Temporal.Instant;
  /** The leaf's bytes as they stand in the log. */
  readonly entry: Uint8Array;
};

type LeafName = Pick<Leaf, 'serial' | 'impression' | 'kind'>;

/** One leaf of an impression and kind is all that there can be. */
export const nameOf = ({ serial, impression, kind }: LeafName): string => `${serial}/${impression}/${kind}`;

/** Where the leaves of those names stand that are in the log already. */
export const findLeaves = async (
  db: Database,
  leaves: readonly LeafName[],
): Promise<Map<string, LeafPlace>> => {
  const rows = await db
    .selectFrom('log_leaf')
    .select(['index', 'at', 'entry', 'serial', 'impression', 'kind'])
    .where((eb) =>
      eb(
        eb.refTuple('serial', 'impression', 'kind'),
        'in',
        leaves.map(({ serial, impression, kind }) => eb.tuple(serial, impression, kind)),
      ),
    )
    .execute();
  return new Map(
    rows.map(({ index, at, entry, serial, impression, kind }) => [
      nameOf({ serial, impression, kind: kind as Leaf['kind'] }),
      { index: Number(index), at, entry: new Uint8Array(entry) },
    ]),
  );
};

/** Where an impression's leaf of that kind stands; null where there is none yet. */
export const findLeaf = async (db: Database, leaf: LeafName): Promise<LeafPlace | null> =>
  (await findLeaves(db, [leaf])).get(nameOf(leaf)) ?? null;

export const insertLeaves = async (
  tx: Database,
  leaves: readonly { readonly index: number; readonly leaf: Leaf; readonly entry: Uint8Array }[],
): Promise<void> => {
  const rows = leaves.map(({ index, leaf, entry }) => ({
    index: BigInt(index),
    kind: leaf.kind,
    serial: leaf.serial,
    impression: leaf.impression,
    reason: leaf.kind === 'issue' ? null : leaf.reason,
    at: Temporal.Instant.fromEpochMilliseconds(leaf.at * 1000),
    entry: Buffer.from(entry),
  }));
  await write(tx, tx.insertInto('log_leaf').values(rows));
};

type TileName = { readonly level: number; readonly index: number };

type TileStart = TileName & { readonly bytes: number };
const selectTileStart = prepare((db, { level, index, bytes }: TileStart) =>
  db
    .selectFrom('log_tile')
    .select(sql<Buffer>`substring(hashes from 1 for ${bytes}::integer)`.as('hashes'))
    .where('level', '=', level)
    .where('index', '=', sql<bigint>`${index}`),
);

/** The first `width` hashes of a tile; null where it has fewer. */
export const readTileBytes = async (
  db: Database,
  { level, index, width }: { level: number; index: number; width: number },
): Promise<Uint8Array | null> => {
  const bytes = width * HASH_BYTES;
  const row = await selectTileStart.first(db, { level, index, bytes });
  return row?.hashes.length === bytes ? new Uint8Array(row.hashes) : null;
};

/** Those of the named tiles that are there, as far as they are filled, in one question. */
export const readTiles = async (
  db: Database,
  tiles: readonly TileName[],
): Promise<(TileName & { readonly hashes: Uint8Array })[]> => {
  const rows = await db
    .selectFrom('log_tile')
    .select(['level', 'index', 'hashes'])
    .where((eb) =>
      eb(
        eb.refTuple('level', 'index'),
        'in',
        tiles.map(({ level, index }) => eb.tuple(level, BigInt(index))),
      ),
    )
    .execute();
  return rows.map(({ level, index, hashes }) => ({
    level,
    index: Number(index),
    hashes: new Uint8Array(hashes),
  }));
};

/**
 * Adds hashes to the end of a tile. Where they would not begin at `offset` the transaction fails: a tile that has no
 * hashes, or is there already, is not kept.
 */
export const appendToTile = async (
  tx: Database,
  { level, index, offset }: { level: number; index: number; offset: number },
  hashes: readonly Hash[],
): Promise<void> => {
  const bytes = Buffer.concat(hashes);
  const first = sql`insert into log_tile (level, index, hashes) values (${level}, ${index}, ${bytes})`;
  const more = sql`
    insert into log_tile (level, index, hashes) values (${level}, ${index}, (
      select case when octet_length(hashes) = ${offset * HASH_BYTES} then hashes || ${bytes}::bytea end
      from log_tile where level = ${level} and index = ${index}))
    on conflict (level, index) do update set hashes = excluded.hashes`;
  await write(tx, offset === 0 ? first : more);
};

const selectEntries = prepare((db, { from, until }: { readonly from: bigint; readonly until: bigint }) =>
  db
    .selectFrom('log_leaf')
    .select('entry')
    .where('index', '>=', from)
    .where('index', '<', until)
    .orderBy('index'),
);

/** The entries from `from` on, at most `count`, in order. */
export const readEntries = async (db: Database, from: number, count: number): Promise<Uint8Array[]> => {
  const rows = await selectEntries.all(db, { from: BigInt(from), until: BigInt(from + count) });
  return rows.map(({ entry }) => new Uint8Array(entry));
};

export type LoggedWithdrawal = {
  readonly serial: string;
  readonly impression: number;
  readonly kind: 'void' | 'supersede';
  readonly reason: string;
  readonly at: Temporal.Instant;
};

const selectNewestWithdrawal = prepare((db) =>
  db
    .selectFrom('log_leaf')
    .select('index')
    .where(sql<boolean>`kind <> 'issue'`)
    .orderBy('index', 'desc')
    .limit(NEWEST),
);

/** Where the newest withdrawal stands; null while there is none. */
export const newestWithdrawal = async (db: Database): Promise<bigint | null> =>
  (await selectNewestWithdrawal.first(db, {}))?.index ?? null;

/** Every withdrawal, or those of one serial, in the log's order: what the status list says. */
export const listWithdrawals = async (db: Database, serial?: string): Promise<LoggedWithdrawal[]> => {
  const all = db
    .selectFrom('log_leaf')
    .select(['serial', 'impression', 'kind', 'reason', 'at'])
    .where(sql<boolean>`kind <> 'issue'`)
    .orderBy('index');
  const rows = await (serial === undefined ? all : all.where('serial', '=', serial)).execute();
  return rows.map((row) => ({
    serial: row.serial,
    impression: row.impression,
    kind: row.kind as LoggedWithdrawal['kind'],
    reason: row.reason ?? 'other',
    at: row.at,
  }));
};
