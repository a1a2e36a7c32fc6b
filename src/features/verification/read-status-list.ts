import type { StatusEntry } from '#domain/seal/judge-seal.ts';
import { listWithdrawals, newestWithdrawal } from '#features/transparency-log/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Packed } from '#platform/web/packed.ts';
import { packed } from '#platform/web/packed.ts';

/** Everything withdrawn, or what of one serial was, as the log says it: list and log cannot differ. */
export const readStatusList = async (db: Database, serial?: string): Promise<StatusEntry[]> =>
  (await listWithdrawals(db, serial)).map(({ serial, impression, kind, reason, at }) => ({
    serial,
    impression,
    state: kind === 'void' ? 'void' : 'superseded',
    reason,
    since: at.toString(),
  }));

/** A list says that it is as of an instant at most so long ago. */
const LIFE = { minutes: 1 };

type Kept = {
  readonly newest: bigint | null;
  readonly entries: Promise<string>;
  readonly until: Temporal.Instant;
  readonly list: Promise<Packed>;
};

/**
 * The status list as it is sent. It has a line for everything that was ever withdrawn and is fetched at each verification,
 * so it is read anew only when something has been withdrawn, and compressed once for all who ask within a minute.
 */
export const openStatusList = (db: Database, clock: Clock): (() => Promise<Packed>) => {
  let kept: Kept | null = null;
  return async () => {
    // Before the log is looked at: what is withdrawn later is not claimed to be in.
    const now = clock.now();
    const newest = await newestWithdrawal(db);
    const known = kept !== null && kept.newest === newest ? kept : null;
    if (known !== null && Temporal.Instant.compare(now, known.until) < 0) return known.list;
    const entries = known?.entries ?? readStatusList(db).then((list) => JSON.stringify(list));
    const list = entries.then((text) =>
      packed(Buffer.from(`{"asOf":"${now.toString()}","entries":${text}}`), 'quick'),
    );
    const made: Kept = { newest, entries, until: now.add(LIFE), list };
    kept = made;
    list.catch(() => {
      if (kept === made) kept = null;
    });
    return list;
  };
};
