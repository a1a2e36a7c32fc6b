import type { CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import { AkashiError } from '#domain/error.ts';
import type { LineEvent, LineState } from '#domain/order/line-states.ts';
import { nextLineState, OPEN_LINE_STATES } from '#domain/order/line-states.ts';
import type { EnrolmentStatus } from '#domain/person/person.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Database, DatabaseTransaction } from '#platform/database/database.ts';

export type LineMove = {
  readonly lineId: string;
  readonly event: LineEvent;
  /** Codes that say why; only of a line that is held or not issued. */
  readonly reasons?: readonly string[];
  /** What the register says now, for the student to confirm. */
  readonly proposed?: CertificateSnapshot;
  /** A fresh snapshot that replaces what was frozen. */
  readonly confirmed?: {
    readonly snapshot: CertificateSnapshot;
    readonly status: EnrolmentStatus;
    readonly sheetsPerCopy: number;
  };
  readonly at: Temporal.Instant;
  readonly actor: string;
};

/** Moves a line along one edge of its table under a lock on its row; throws `wrong-state` where there is none. */
export const moveLine = async (tx: DatabaseTransaction, move: LineMove): Promise<LineState> => {
  const { lineId, event, at, actor, reasons = [], proposed, confirmed } = move;
  const row = await tx
    .selectFrom('order_line')
    .select(['order_id', 'state'])
    .where('id', '=', lineId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new AkashiError('not-found', { lineId });
  const from = row.state as LineState;
  const to = nextLineState(from, event);
  await tx
    .updateTable('order_line')
    .set({
      state: to,
      state_reasons: [...reasons],
      state_since: at,
      proposed_snapshot: proposed === undefined ? null : JSON.stringify(proposed),
      ...(confirmed === undefined
        ? {}
        : {
            snapshot: JSON.stringify(confirmed.snapshot),
            enrolment_status: confirmed.status,
            sheets_per_copy: confirmed.sheetsPerCopy,
          }),
    })
    .where('id', '=', lineId)
    .execute();
  const data = { line: lineId, event, from, to, reasons: reasons.join(' ') };
  await recordEvent(tx, { at, type: 'line.moved', subject: `order:${row.order_id}`, actor, data });
  return to;
};

/** How many lines of an order have something still to come. */
export const countOpenLines = async (db: Database, orderId: string): Promise<number> => {
  const rows = await db
    .selectFrom('order_line')
    .select('id')
    .where('order_id', '=', orderId)
    .where('state', 'in', [...OPEN_LINE_STATES])
    .execute();
  return rows.length;
};

const MOST = 1000;

/** Paid orders that stand still since `before`, or with a line that does though the others are done; at most 2000. */
export const listStuckOrders = async (db: Database, before: Temporal.Instant): Promise<string[]> => {
  const orders = await db
    .selectFrom('certificate_order')
    .select('id')
    .where('state', 'in', ['paid', 'preparing'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('order_event')
            .select('order_event.id')
            .whereRef('order_event.order_id', '=', 'certificate_order.id')
            .where('order_event.at', '>', before),
        ),
      ),
    )
    .orderBy('submitted_at')
    .limit(MOST)
    .execute();
  const lines = await db
    .selectFrom('order_line')
    .select('order_id')
    .where('state', 'in', ['ordered', 'cleared'])
    .where('state_since', '<=', before)
    .orderBy('state_since')
    .limit(MOST)
    .execute();
  return [...new Set([...orders.map(({ id }) => id), ...lines.map((line) => line.order_id)])];
};
