import { sql } from 'kysely';
import { TILE_WIDTH } from '#domain/transparency/merkle.ts';
import type { Database } from '#platform/database/database.ts';
import { insertManyAccounts, insertManyStudents } from '#test/support/many-students.ts';
import { EACH, GROWN, leavesWith, uid, WAITING_EVERY, WITHDRAWALS } from './grown-tables.ts';
import { keepModel, multiply, withoutIndexes } from './multiply.ts';

/** So many certificates a statement: few enough that nothing is kept in memory. */
const BATCH = 10_000;
const FAR = 1_000_000_000_000;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const SERIAL = `create function pg_temp.serial(n integer) returns text language sql immutable as $$
  select substr(t, 1, 4) || '-' || substr(t, 5, 4) || '-' || substr(t, 9, 4) from (
    select string_agg(substr('${ALPHABET}', 1 + get_byte(h, i) % 32, 1), '' order by i) as t
    from (select decode(md5('serial' || n), 'hex') as h) x, generate_series(0, 11) i) y $$`;

/** Tiles of the right sizes for a log of `leaves`; their hashes are of nothing. */
const layTiles = async (db: Database, leaves: number): Promise<void> => {
  await sql`truncate log_tile, log_checkpoint`.execute(db);
  for (let [level, hashes] = [0, leaves]; hashes > 0; level += 1) {
    await sql`
      insert into log_tile (level, index, hashes)
      select ${level}::integer, i, substr(decode(repeat(md5(${level}::text || i), 512), 'hex'), 1,
        32 * least(${TILE_WIDTH}::integer, ${hashes}::integer - i * ${TILE_WIDTH}::integer))
      from generate_series(0, (${hashes}::integer - 1) / ${TILE_WIDTH}::integer) i`.execute(db);
    hashes = Math.floor(hashes / TILE_WIDTH);
  }
};

export type Bulk = {
  /** Has the database hold so many certificates, with everything that came with them. */
  growTo: (certificates: number) => Promise<void>;
};

/**
 * Fills a database by SQL with journeys like the one printed order in it. Everything that a certificate leaves behind is
 * there: person, account, sessions, order, payment, ledger, audit trail with its chain, certificate, seal, log leaf, record for typed
 * numbers, print job, mail. One in a hundred waits at the copiers, one in two hundred was withdrawn. Needs a superuser of
 * a database of its own: references are not looked at while it fills.
 */
export const withBulk = (
  db: Database,
  account: {
    readonly identityProvider: string;
    readonly termsVersion: string;
    readonly now: Temporal.Instant;
  },
  work: (bulk: Bulk) => Promise<void>,
): Promise<void> =>
  db.connection().execute(async (one) => {
    await sql.raw(SERIAL).execute(one);
    for (const grown of GROWN) await keepModel(one, grown);
    await sql`set session_replication_role = replica`.execute(one);
    await sql`set synchronous_commit = off`.execute(one);
    const tables = [...new Set(GROWN.map(({ table }) => table))];
    let held = 0;
    const growTo = async (certificates: number): Promise<void> => {
      const students = (count: number): number => Math.ceil(count / EACH);
      const [from, to] = [students(held) + 1, students(certificates)];
      await insertManyStudents(one, { from, count: to, grades: 'none' });
      await insertManyAccounts(one, { from, to, ...account });
      await sql`
        insert into session (account_id, person_id, token_hash, created_at, seen_at, expires_at, signed_in_at, ended_at)
        select md5('account' || n)::uuid, md5('person' || n)::uuid,
          uuid_send(md5('token' || n || '-' || k)::uuid) || uuid_send(gen_random_uuid()), ${account.now},
          ${account.now}, ${account.now}, ${account.now}, case when k = 0 then ${account.now}::timestamptz end
        from generate_series(${from}::integer, ${to}::integer) n, generate_series(0, 3) k`.execute(one);
      await withoutIndexes(one, tables, async () => {
        for (let first = held + 1; first <= certificates; first += BATCH) {
          const range = { from: first, to: Math.min(first + BATCH - 1, certificates) };
          for (const grown of [...GROWN, WITHDRAWALS]) await multiply(one, grown, range);
          await sql`
          insert into document_key (issued_certificate_id, key)
          select ${sql.raw(uid('certificate', 'n'))}, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
          from generate_series(${range.from}::integer, ${range.to}::integer) n
          where n % ${WAITING_EVERY} = 0`.execute(one);
        }
      });
      await layTiles(one, leavesWith(certificates));
      // What happens from now on has numbers beyond all that is still to be filled in.
      await sql`select setval(pg_get_serial_sequence('audit_event', 'id'), greatest(last_value, ${FAR}::bigint))
        from audit_event_id_seq`.execute(one);
      await sql`vacuum analyze`.execute(one);
      held = certificates;
    };
    await work({ growTo });
  });
