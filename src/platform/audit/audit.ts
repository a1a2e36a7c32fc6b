import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { forgettable, transaction, write } from '../database/database.ts';
import { prepare } from '../database/prepare.ts';
import type { PersonalValues } from './personal.ts';
import { erasePersonal, sealPersonal } from './personal.ts';

/** One decision: what was decided, about what, by whom. `data` holds ids and codes, no personal data. */
export type AuditEvent = {
  readonly at: Temporal.Instant;
  readonly type: string;
  readonly subject: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
  /** Values before and after that tell of the person who is the subject; kept encrypted and erasable. */
  readonly personal?: PersonalValues;
};

const insert = prepare(
  (db, event: Omit<AuditEvent, 'data' | 'personal'> & { data: string; personal: Buffer | null }) => {
    const { at, type, subject, actor, data, personal } = event;
    return db.insertInto('audit_event').values({ at, type, subject, actor, data, personal });
  },
);

/** Writes an event in the caller's transaction, unchained: chaining there would make every writer wait in line. */
export const recordEvent = async (tx: Database, event: AuditEvent): Promise<void> => {
  const sealed = event.personal === undefined ? null : await sealPersonal(tx, event, event.personal);
  await insert.write(tx, { ...event, data: JSON.stringify(event.data), personal: sealed });
};

/** Erases the key of a subject's personal values, and keeps who did so and why; false when there was none. */
export const forgetPerson = (
  db: Database,
  { subject, by, reason, at }: { subject: string; by: string; reason: string; at: Temporal.Instant },
): Promise<boolean> =>
  transaction(db, async (tx) => {
    const erased = await erasePersonal(tx, subject, at);
    const event = { at, type: 'audit.person-forgotten', subject, actor: `staff:${by}`, data: { reason } };
    if (erased) await recordEvent(tx, event);
    return erased;
  });

const SEALER_LOCK = 7_245_114;
const FIRST = Buffer.alloc(32);

type Row = {
  id: bigint;
  at: Temporal.Instant;
  type: string;
  subject: string;
  actor: string;
  data: unknown;
  personal: Buffer | null;
};

const canonical = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `{${Object.keys(value)
        .sort()
        .map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`)
        .join(',')}}`
    : JSON.stringify(value);

/** SHA-256 over the previous hash and the event in a fixed form; of personal values it covers the ciphertext. */
const link = (previous: Uint8Array, row: Row): Buffer => {
  const text = JSON.stringify([String(row.id), row.at.toString(), row.type, row.subject, row.actor]);
  const hash = createHash('sha256').update(previous).update(text).update(canonical(row.data));
  return (row.personal === null ? hash : hash.update(`personal:${row.personal.toString('hex')}`)).digest();
};

/**
 * So many events behind the newest chained one are looked through each time, for ids are given before a transaction
 * commits: one with an earlier id may come after it. One that took even longer is found when the whole trail is.
 */
const LOOK_BACK = 5000n;

export type SealOptions = {
  readonly limit?: number;
  /** Looks for events through the whole trail, which grows for ever; else through its end. */
  readonly whole?: boolean;
};

/**
 * Chains committed events that are not chained yet, oldest first, at most `limit`; returns how many. One sealer at a
 * time (advisory lock); a second one returns 0 at once. Run at least every second, and now and then on the whole trail.
 */
export const sealAuditTrail = (
  db: Database,
  at: Temporal.Instant,
  { limit = 1000, whole = false }: SealOptions = {},
): Promise<number> =>
  forgettable(db, async (tx) => {
    const links = tx.selectFrom('audit_link').limit(1);
    // Asked together, carried out one after the other: what is read is what stands once the lock is held.
    const [lock, last, newest] = await Promise.all([
      sql<{ ok: boolean }>`select pg_try_advisory_xact_lock(${SEALER_LOCK}) as ok`.execute(tx),
      links.select(['position', 'hash']).orderBy('position', 'desc').executeTakeFirst(),
      links.select('event_id').orderBy('event_id', 'desc').executeTakeFirst(),
    ]);
    if (lock.rows[0]?.ok !== true) return 0;
    const after = whole ? 0n : (newest?.event_id ?? 0n) - LOOK_BACK;
    const events = await tx
      .selectFrom('audit_event')
      .leftJoin('audit_link', (join) =>
        join.onRef('audit_link.event_id', '=', 'audit_event.id').on('audit_link.event_id', '>', after),
      )
      .select(['audit_event.id', 'at', 'type', 'subject', 'actor', 'data', 'personal'])
      .where('audit_event.id', '>', after)
      .where('audit_link.position', 'is', null)
      .orderBy('audit_event.id')
      .limit(limit)
      .execute();
    if (events.length === 0) return 0;
    let position = last?.position ?? 0n;
    let hash: Buffer = last?.hash ?? FIRST;
    const added = events.map((event) => {
      position += 1n;
      hash = link(hash, event as Row);
      return { position, event_id: event.id, hash, sealed_at: at };
    });
    await write(tx, tx.insertInto('audit_link').values(added));
    return added.length;
  });

/** Walks the whole chain; returns the first position whose hash does not fit its event, or null when all fit. */
export const verifyAuditTrail = async (db: Database): Promise<{ checked: number; broken: bigint | null }> => {
  let previous: Buffer = FIRST;
  let position = 0n;
  for (;;) {
    const rows = await db
      .selectFrom('audit_link')
      .innerJoin('audit_event', 'audit_event.id', 'audit_link.event_id')
      .select(['position', 'hash', 'audit_event.id', 'at', 'type', 'subject', 'actor', 'data', 'personal'])
      .where('position', '>', position)
      .orderBy('position')
      .limit(1000)
      .execute();
    if (rows.length === 0) return { checked: Number(position), broken: null };
    for (const row of rows) {
      const expected = link(previous, row as Row);
      if (row.position !== position + 1n || !expected.equals(row.hash)) {
        return { checked: Number(position), broken: position + 1n };
      }
      previous = expected;
      position = row.position;
    }
  }
};
