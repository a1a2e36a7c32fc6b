import { sql } from 'kysely';
import { TILE_WIDTH } from '#domain/transparency/merkle.ts';
import type { Database } from '#platform/database/database.ts';
import { insertManyAccounts, insertManyStudents } from '#test/support/many-students.ts';
import { GROWN, WITHDRAWALS } from './grown-tables.ts';
import type { Ages } from './journeys.ts';
import { leavesWith, sharedColumns, studentsWith } from './journeys.ts';
import type { Grown, Model } from './multiply.ts';
import { keepBatch, keepModel, multiply, withoutIndexes } from './multiply.ts';
import { TAKEN_OVER } from './taken-over.ts';

/** So many certificates a statement: few enough that nothing is kept in memory. */
const BATCH = 10_000;
const FAR = 1_000_000_000_000;

/** Tiles of the right sizes for a log of `leaves`; their hashes are of nothing. */
const layTiles = async (db: Database, leaves: number): Promise<void> => {
  await sql`truncate log_tile, log_checkpoint`.execute(db);
  for (let [level, hashes] = [0, leaves]; hashes > 0; level += 1) {
    await sql`
      insert into log_tile (level, index, hashes)
      select ${level}::integer, i, (select string_agg(sha256(int4send(hash)), '') from generate_series(
        i * ${TILE_WIDTH}::integer, least((i + 1) * ${TILE_WIDTH}::integer, ${hashes}::integer) - 1) hash)
      from generate_series(0, (${hashes}::integer - 1) / ${TILE_WIDTH}::integer) i`.execute(db);
    hashes = Math.floor(hashes / TILE_WIDTH);
  }
};

const insertManySessions = async (
  db: Database,
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: Temporal.Instant },
): Promise<void> => {
  await sql`
    insert into session (account_id, person_id, token_hash, created_at, seen_at, expires_at, signed_in_at, ended_at)
    select md5('account' || n)::uuid, md5('person' || n)::uuid,
      uuid_send(md5('token' || n || '-' || k)::uuid) || uuid_send(gen_random_uuid()), ${now},
      ${now}, ${now}, ${now}, case when k = 0 then ${now}::timestamptz end
    from generate_series(${from}::integer, ${to}::integer) n, generate_series(0, 3) k`.execute(db);
};

export type Growth = {
  /** Of a database that has none yet: the first so many were taken over from the service before. */
  readonly takenOver?: number;
  /**
   * The next so many are older than the retention lets anything of an order be kept, and what they leave behind is what
   * the retention has left of one. There have been none that are whole.
   */
  readonly old?: number;
  /** A vacuum, unless it is left out, reads and writes all that was filled in, as a server does bit by bit in time. */
  readonly vacuum?: boolean;
};

export type Bulk = {
  /** Has the database hold so many certificates, with everything that came with them. */
  growTo: (certificates: number, growth?: Growth) => Promise<void>;
};

export type BulkOptions = {
  readonly identityProvider: string;
  readonly termsVersion: string;
  readonly now: Temporal.Instant;
  /** Does to the one journey in the database what time does; it is the model of the old ones then. */
  readonly growOld: () => Promise<void>;
  /** Is told how many there are, now and then. */
  readonly onFilled?: ((certificates: number) => void) | undefined;
};

/** Days: how long everything of an order is kept, and over which time older ones lie. */
const KEPT = 2557;
const OLDEST = KEPT + 5000;

type Kind = Omit<Ages, 'from' | 'to' | 'takenOver'> & {
  readonly model: Model;
  readonly tables: readonly Grown[];
};
const KINDS = {
  takenOver: {
    model: 'erased',
    tables: TAKEN_OVER,
    youngest: OLDEST + 1,
    oldest: OLDEST + 2500,
    waiting: false,
  },
  old: { model: 'erased', tables: GROWN, youngest: KEPT + 1, oldest: OLDEST, waiting: false },
  whole: { model: 'model', tables: GROWN, youngest: 8, oldest: 1008, waiting: true },
} as const satisfies Readonly<Record<string, Kind>>;

/**
 * Fills a database by SQL with journeys like the one printed order in it. Everything that a certificate leaves behind is
 * there: person, account, sessions, order, payment, ledger, audit trail with its chain, certificate, seal, log leaf, record for typed
 * numbers, print job, mail. One in a hundred waits at the copiers, one in two hundred was withdrawn. Needs a superuser of
 * a database of its own: references are not looked at while it fills.
 */
export const withBulk = (
  db: Database,
  { growOld, onFilled, ...account }: BulkOptions,
  work: (bulk: Bulk) => Promise<void>,
): Promise<void> =>
  db.connection().execute(async (one) => {
    for (const grown of GROWN) await keepModel(one, 'model', grown);
    await sql`set session_replication_role = replica`.execute(one);
    await sql`set synchronous_commit = off`.execute(one);
    const tables = [...new Set(GROWN.map(({ table }) => table)), 'person', 'enrolment', 'account', 'session'];
    let held = 0;
    let takenOver = 0;
    let grownOld = false;
    const fill = async ({ model, tables: grows, ...kind }: Kind, count: number): Promise<void> => {
      if (count <= 0) return;
      const ages: Ages = { ...kind, from: held + 1, to: held + count, takenOver };
      const from = studentsWith({ certificates: held, takenOver }) + 1;
      const to = studentsWith({ certificates: ages.to, takenOver });
      await insertManyStudents(one, { from, count: to, grades: 'none' });
      await insertManyAccounts(one, { from, to, ...account });
      if (model === 'model') await insertManySessions(one, { from, to, now: account.now });
      for (let first = ages.from; first <= ages.to; first += BATCH) {
        const range = { from: first, to: Math.min(first + BATCH - 1, ages.to) };
        await keepBatch(one, sharedColumns(ages), range);
        for (const grown of [...grows, WITHDRAWALS]) await multiply(one, model, grown);
        await sql`
          insert into document_key (issued_certificate_id, key)
          select certificate, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) from batch
          where waits`.execute(one);
        onFilled?.(range.to);
      }
      held = ages.to;
    };
    const growTo = async (certificates: number, growth: Growth = {}): Promise<void> => {
      const { old = 0, vacuum = true } = growth;
      takenOver = growth.takenOver ?? takenOver;
      if (takenOver + old > 0 && !grownOld) {
        await growOld();
        for (const grown of GROWN) await keepModel(one, 'erased', grown);
        grownOld = true;
      }
      await withoutIndexes(one, tables, async () => {
        await fill(KINDS.takenOver, growth.takenOver ?? 0);
        await fill(KINDS.old, old);
        await fill(KINDS.whole, certificates - held);
      });
      await layTiles(one, leavesWith(certificates));
      // What happens from now on has numbers beyond all that is still to be filled in.
      await sql`select setval(pg_get_serial_sequence('audit_event', 'id'), greatest(last_value, ${FAR}::bigint))
        from audit_event_id_seq`.execute(one);
      await sql.raw(vacuum ? 'vacuum analyze' : 'analyze').execute(one);
    };
    await work({ growTo });
  });
