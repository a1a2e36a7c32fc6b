import type { StatusEntry } from '#domain/seal/judge-seal.ts';
import { listWithdrawals } from '#features/transparency-log/index.ts';
import type { Database } from '#platform/database/database.ts';

/** Everything withdrawn, as the log says it: list and log cannot differ. */
export const readStatusList = async (db: Database): Promise<StatusEntry[]> =>
  (await listWithdrawals(db)).map(({ serial, impression, kind, reason, at }) => ({
    serial,
    impression,
    state: kind === 'void' ? 'void' : 'superseded',
    reason,
    since: at.toString(),
  }));
