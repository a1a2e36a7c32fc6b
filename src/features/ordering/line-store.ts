import { sql } from 'kysely';
import { readSnapshot } from '#domain/certificate/read-snapshot.ts';
import type { CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import type { FeeClass } from '#domain/fee/fee-class.ts';
import type { Yen } from '#domain/money.ts';
import { yen } from '#domain/money.ts';
import type { LineEvent, LineState } from '#domain/order/line-states.ts';
import { nextLineState, OPEN_LINE_STATES } from '#domain/order/line-states.ts';
import type { EnrolmentStatus } from '#domain/person/person.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Database, DatabaseTransaction } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

export type OrderLine = {
  readonly id: string;
  readonly position: number;
  readonly certificateType: string;
  readonly language: 'ja' | 'en';
  readonly enrolmentId: string;
  readonly snapshot: CertificateSnapshot;
  readonly copies: number;
  readonly sheetsPerCopy: number;
  readonly feeClass: FeeClass;
  readonly feeEach: Yen;
  /** As the register had it when the snapshot was taken; null for orders older than this column. */
  readonly enrolmentStatus: EnrolmentStatus | null;
  readonly state: LineState;
  /** Since when it is in that state; null while it is as it was ordered. */
  readonly since: Temporal.Instant | null;
  /** Why it is held or not issued. */
  readonly reasons: readonly string[];
  /** What the student is asked to confirm, while the line is held. */
  readonly proposed: CertificateSnapshot | null;
};

export type NewOrderLine = Omit<OrderLine, 'id' | 'state' | 'since' | 'proposed'> & {
  readonly rowsBySheet: readonly number[];
  readonly state: Extract<LineState, 'ordered' | 'unprintable'>;
};

const insertLine = prepare(
  (
    db,
    given: Omit<NewOrderLine, 'snapshot' | 'rowsBySheet' | 'reasons'> & {
      readonly orderId: string;
      readonly snapshot: string;
      readonly rowsBySheet: number[];
      readonly reasons: string[];
    },
  ) =>
    db.insertInto('order_line').values({
      order_id: given.orderId,
      position: given.position,
      certificate_type: given.certificateType,
      language: given.language,
      enrolment_id: given.enrolmentId,
      snapshot: given.snapshot,
      copies: given.copies,
      sheets_per_copy: given.sheetsPerCopy,
      rows_by_sheet: given.rowsBySheet,
      fee_class: given.feeClass,
      fee_each_yen: given.feeEach,
      enrolment_status: given.enrolmentStatus,
      state: given.state,
      state_reasons: given.reasons,
    }),
);

export const insertOrderLines = async (
  tx: Database,
  orderId: string,
  lines: readonly NewOrderLine[],
): Promise<void> => {
  for (const line of lines)
    await insertLine.write(tx, {
      ...line,
      orderId,
      snapshot: JSON.stringify(line.snapshot),
      rowsBySheet: [...line.rowsBySheet],
      reasons: [...line.reasons],
    });
};

const selectLines = prepare((db, { orderId }: { readonly orderId: string }) =>
  db
    .selectFrom('order_line')
    .select(['id', 'position', 'certificate_type', 'language', 'enrolment_id', 'snapshot'])
    .select(['copies', 'sheets_per_copy', 'fee_class', 'fee_each_yen'])
    .select(['enrolment_status', 'state', 'state_since', 'state_reasons', 'proposed_snapshot'])
    .where('order_id', '=', orderId)
    .orderBy('position'),
);

export const readOrderLines = async (db: Database, orderId: string): Promise<OrderLine[]> => {
  const rows = await selectLines.all(db, { orderId });
  return rows.map((row) => ({
    id: row.id,
    position: row.position,
    certificateType: row.certificate_type,
    language: row.language as OrderLine['language'],
    enrolmentId: row.enrolment_id,
    snapshot: readSnapshot(row.snapshot),
    copies: row.copies,
    sheetsPerCopy: row.sheets_per_copy,
    feeClass: row.fee_class as FeeClass,
    feeEach: yen(row.fee_each_yen),
    enrolmentStatus: row.enrolment_status as EnrolmentStatus | null,
    state: row.state as LineState,
    since: row.state_since,
    reasons: row.state_reasons,
    proposed: row.proposed_snapshot as CertificateSnapshot | null,
  }));
};

export type LineMove = {
  readonly orderId: string;
  /** As it stands under the lock of its order, which every move is made under. */
  readonly line: Pick<OrderLine, 'id' | 'state'>;
  readonly event: LineEvent;
  /** Codes that say why; only of a line that is held or not issued. */
  readonly reasons?: readonly string[];
  /** What the register says now, for the student to confirm. */
  readonly proposed?: CertificateSnapshot;
  /** A fresh snapshot that replaces what was frozen. */
  readonly confirmed?: {
    readonly snapshot: CertificateSnapshot;
    readonly status: EnrolmentStatus;
    readonly rowsBySheet: readonly number[];
  };
  readonly at: Temporal.Instant;
  readonly actor: string;
};

type Moved = {
  readonly lineId: string;
  readonly to: LineState;
  readonly reasons: string[];
  readonly at: Temporal.Instant;
  readonly proposed: string | null;
  readonly snapshot: string | null;
  readonly status: EnrolmentStatus | null;
  readonly sheets: number | null;
  readonly rowsBySheet: number[] | null;
};

/** What was frozen stays where nothing takes its place. */
const saveMove = prepare((db, given: Moved) =>
  db
    .updateTable('order_line')
    .set({
      state: given.to,
      state_reasons: given.reasons,
      state_since: given.at,
      proposed_snapshot: given.proposed,
      snapshot: sql`coalesce(${given.snapshot}::jsonb, snapshot)`,
      enrolment_status: sql`coalesce(${given.status}, enrolment_status)`,
      sheets_per_copy: sql`coalesce(${given.sheets}, sheets_per_copy)`,
      rows_by_sheet: sql`coalesce(${given.rowsBySheet}, rows_by_sheet)`,
    })
    .where('id', '=', given.lineId),
);

/** Moves a line along one edge of its table; throws `wrong-state` where there is none. */
export const moveLine = async (tx: DatabaseTransaction, move: LineMove): Promise<LineState> => {
  const { orderId, line, event, at, actor, reasons = [], proposed, confirmed } = move;
  const { id: lineId, state: from } = line;
  const to = nextLineState(from, event);
  await saveMove.write(tx, {
    lineId,
    to,
    reasons: [...reasons],
    at,
    proposed: proposed === undefined ? null : JSON.stringify(proposed),
    snapshot: confirmed === undefined ? null : JSON.stringify(confirmed.snapshot),
    status: confirmed?.status ?? null,
    sheets: confirmed?.rowsBySheet.length ?? null,
    rowsBySheet: confirmed === undefined ? null : [...confirmed.rowsBySheet],
  });
  const data = { line: lineId, event, from, to, reasons: reasons.join(' ') };
  await recordEvent(tx, { at, type: 'line.moved', subject: `order:${orderId}`, actor, data });
  return to;
};

const selectOpen = prepare((db, { orderId }: { readonly orderId: string }) =>
  db
    .selectFrom('order_line')
    .select('id')
    .where('order_id', '=', orderId)
    .where('state', 'in', [...OPEN_LINE_STATES]),
);

/** How many lines of an order have something still to come. */
export const countOpenLines = async (db: Database, orderId: string): Promise<number> =>
  (await selectOpen.all(db, { orderId })).length;
