import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

/** Waits until so many transactions of this database wait for a lock that another holds. */
export const untilBlocked = async (db: Database, count: number): Promise<void> => {
  for (;;) {
    const { rows } = await sql<{ blocked: number }>`
      select count(*)::int as blocked from pg_stat_activity
      where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`.execute(db);
    if ((rows[0]?.blocked ?? 0) >= count) return;
    await setTimeout(10);
  }
};
