import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { transactionAtOnce, write } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { PrintJobRow } from '../print-store.ts';
import { JOB_COLUMNS } from '../print-store.ts';

/** How many tries of its PIN a number has. */
export const PIN_TRIES = 5;

type PinTry = { readonly index: Buffer; readonly network: string; readonly now: Temporal.Instant };
const pinTry = prepare((db, { index, network, now }: PinTry) =>
  db
    .updateTable('print_job')
    .set({ wrong_pins: sql`wrong_pins + 1` })
    .where('number_index', '=', index)
    .where('finished_at', 'is', null)
    .where('replacing', '=', false)
    .where('deadline', '>=', now)
    .where('wrong_pins', '<', PIN_TRIES)
    .where(sql<boolean>`${network} = any(networks)`)
    .returning(JOB_COLUMNS),
);

/**
 * Takes one of the tries of the PIN of an open number before it is looked at, so that no crowd of copiers gets a sixth.
 * Undefined for a number that is unknown, not of this network, over, or out of tries.
 */
export const takePinTry = (db: Database, asked: PinTry) => pinTry.first(db, asked);

const hit = prepare(
  (db, { miss, id, generation }: { miss: bigint } & Pick<PrintJobRow, 'id' | 'generation'>) =>
    db
      .with('hit', (missed) => missed.deleteFrom('copier_miss').where('id', '=', miss))
      .updateTable('print_job')
      .set({ wrong_pins: sql`greatest(wrong_pins - 1, 0)` })
      .where('id', '=', id)
      .where('generation', '=', generation)
      .returning('id'),
);

/**
 * A PIN that was right: the lookup was no miss after all, and its try is given back. False when number and PIN were
 * replaced meanwhile.
 */
export const settleHit = async (
  db: Database,
  { miss, job: { id, generation } }: { miss: bigint; job: Pick<PrintJobRow, 'id' | 'generation'> },
): Promise<boolean> => (await hit.first(db, { miss, id, generation })) !== undefined;

/** Ends a number that is out of tries: at once unknown, until another is made. True for the one caller that ended it. */
export const endSpentNumber = async (
  tx: Database,
  jobId: string,
  nobody: Buffer,
): Promise<PrintJobRow | undefined> =>
  tx
    .updateTable('print_job')
    .set({ number_index: nobody, generation: sql`generation + 1`, replacing: true })
    .where('id', '=', jobId)
    .where('replacing', '=', false)
    .where('wrong_pins', '>=', PIN_TRIES)
    .returning(JOB_COLUMNS)
    .executeTakeFirst();

/** Misses of a network since an instant, those of one of its devices among them, and the row of the one in hand. */
export type Misses = { readonly ofNetwork: number; readonly ofDevice: number; readonly row: bigint | null };

type Asked = {
  readonly network: string;
  readonly device: string;
  readonly at: Temporal.Instant;
  readonly since: Temporal.Instant;
  readonly most: number;
};

const miss = prepare((db, { network, device, at, since, most }: Asked) =>
  db
    .with('forgotten', (old) =>
      old.deleteFrom('copier_miss').where('network', '=', network).where('at', '<', since),
    )
    .with('counted', (recent) =>
      recent
        .selectFrom('copier_miss')
        .select(sql<number>`count(*)::integer`.as('ofNetwork'))
        .select(sql<number>`(count(*) filter (where device = ${device}))::integer`.as('ofDevice'))
        .where('network', '=', network)
        .where('at', '>=', since),
    )
    .with('added', (one) =>
      one
        .insertInto('copier_miss')
        .columns(['network', 'device', 'at'])
        .expression((select) =>
          select
            .selectFrom('counted')
            .select(sql<string>`${network}`.as('network'))
            .select(sql<string>`${device}`.as('device'))
            .select(sql<Temporal.Instant>`${at}::timestamptz`.as('at'))
            .where('ofDevice', '<', most),
        )
        .returning('id'),
    )
    .selectFrom('counted')
    .leftJoin('added', (join) => join.onTrue())
    .select(['ofNetwork', 'ofDevice', 'added.id as row']),
);

/**
 * Counts a lookup as a miss until it turns out well, unless the device has `most` already: then `row` is null. One
 * lookup of a device at a time, so that asking at once gains nothing. Misses before `since` are forgotten.
 */
export const takeMiss = (db: Database, asked: Asked): Promise<Misses> =>
  transactionAtOnce(db, async (tx) => {
    const { network, device } = asked;
    await write(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`copier ${network} ${device}`}, 0))`);
    const counted = await miss.first(tx, asked);
    if (counted === undefined) throw new Error('nothing was counted');
    return counted;
  });

/** True when the last alarm about a network is older than `since`; then this is the next. */
export const noteAlarm = async (
  db: Database,
  { network, at, since }: { network: string; at: Temporal.Instant; since: Temporal.Instant },
): Promise<boolean> => {
  const row = await db
    .insertInto('copier_alarm')
    .values({ network, raised_at: at })
    .onConflict((conflict) =>
      conflict.column('network').doUpdateSet({ raised_at: at }).where('copier_alarm.raised_at', '<', since),
    )
    .returning('network')
    .executeTakeFirst();
  return row !== undefined;
};

/** Erases wrong numbers typed at copiers before an instant; returns how many. */
export const eraseOldMisses = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const gone = await db.deleteFrom('copier_miss').where('at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
};
