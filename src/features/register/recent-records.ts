import { sql } from 'kysely';
import type { PersonRecord } from '#domain/person/person.ts';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import { keepNewest } from '#platform/remember.ts';
import { readPersonRecord } from './register-store.ts';

type Kept = {
  readonly record: PersonRecord;
  readonly version: string;
  readonly from: Temporal.Instant;
  /** When it would read otherwise, by itself: grades are released. */
  readonly until: Temporal.Instant;
};

/** A person walks through the pages of an order in about that time. */
const KEPT_SECONDS = 60;
/** Some 30 kB each. */
const MOST_KEPT = 500;

/** Changes with every import and with every undoing of one: nothing else writes the register. */
const selectVersion = prepare(
  () =>
    sql<{ version: string }>`
    select count(*)::text || '-' || count(undone_at)::text as version from register_import`,
);

const isBetween = (now: Temporal.Instant, { from, until }: Kept): boolean =>
  Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, until) < 0;

/**
 * Reads what `readPersonRecord` does, for pages: a record of the last minute is read again only where an import came
 * or grades were released since. What is decided is decided by a record of its own. `over` is the connection that a
 * page's other reads go over.
 */
export const createRecentRecords = (db: Database) => {
  const kept = keepNewest<Kept>(MOST_KEPT);
  return async (personId: string, now: Temporal.Instant, over: Database = db): Promise<PersonRecord> => {
    // Before the record: one that an import overtakes is kept under the older version, and not found again.
    const version = (await selectVersion.first(over, {}))?.version ?? '';
    const known = kept.get(personId);
    if (known !== undefined && known.version === version && isBetween(now, known)) return known.record;
    const record = await readPersonRecord(over, personId, now);
    const ends = now.add({ seconds: KEPT_SECONDS });
    const { nextRelease } = record.facts;
    const until =
      nextRelease !== null && Temporal.Instant.compare(nextRelease, ends) < 0 ? nextRelease : ends;
    kept.set(personId, { record, version, from: now, until });
    return record;
  };
};
