import type { StatusEntry } from '#domain/seal/judge-seal.ts';
import { listWithdrawals, newestWithdrawal } from '#features/transparency-log/index.ts';
import type { Database } from '#platform/database/database.ts';

/** Everything withdrawn, or what of one serial was, as the log says it: list and log cannot differ. */
export const readStatusList = async (db: Database, serial?: string): Promise<StatusEntry[]> =>
  (await listWithdrawals(db, serial)).map(({ serial, impression, kind, reason, at }) => ({
    serial,
    impression,
    state: kind === 'void' ? 'void' : 'superseded',
    reason,
    since: at.toString(),
  }));

/**
 * The list's entries as JSON. It has a line for everything that was ever withdrawn and is fetched at each verification,
 * so it is written anew only when something is withdrawn.
 */
export const openStatusList = (db: Database): (() => Promise<string>) => {
  let written: { readonly newest: bigint | null; readonly text: string } | null = null;
  return async () => {
    const newest = await newestWithdrawal(db);
    if (written === null || written.newest !== newest)
      written = { newest, text: JSON.stringify(await readStatusList(db)) };
    return written.text;
  };
};
