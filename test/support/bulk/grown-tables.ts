import type { Grown } from './multiply.ts';

/** Certificates an account, of those who ordered any. */
export const EACH = 5;
/** Of so many certificates one waits at the copiers, and one was withdrawn. */
export const WAITING_EVERY = 100;
export const WITHDRAWN_EVERY = 200;
/** Where the numbers of rows begin that have a number: far beyond those of the model. */
const BASE = 1_000_000_000;

export const uid = (kind: string, number: string): string => `md5('${kind}' || ${number})::uuid`;

const student = `((n - 1) / ${EACH} + 1)`;
const waiting = `n % ${WAITING_EVERY} = 0`;
const withdrawn = `n % ${WITHDRAWN_EVERY} = ${WITHDRAWN_EVERY / 4}`;
/** Where the n-th stands in the log: the withdrawals before it have leaves of their own. */
const leaf = `n + (n + ${(WITHDRAWN_EVERY * 3) / 4 - 1}) / ${WITHDRAWN_EVERY}`;
/** Everything else lies in the last three years; what waits was paid for now. */
const past = (column: string): string =>
  `m.${column} - case when ${waiting} then interval '0' else make_interval(days => 8 + n % 1000) end`;
const pastColumns = (...columns: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, past(column)]));
const order = uid('order', 'n');
const certificate = uid('certificate', 'n');
const job = uid('job', 'n');
const serial = 'pg_temp.serial(n)';
const orderHex = `lpad(upper(to_hex(n)), 10, '0')`;

/** Every table that grows with the certificates, in the order of their references. */
export const GROWN: readonly Grown[] = [
  {
    table: 'certificate_order',
    own: {
      id: order,
      order_number: `substr(${orderHex}, 1, 5) || '-' || substr(${orderHex}, 6)`,
      account_id: uid('account', student),
      person_id: uid('person', student),
      state: `case when ${waiting} then 'ready' else m.state end`,
      idempotency_key: `'bulk' || n`,
      ...pastColumns('submitted_at', 'payment_deadline', 'paid_at', 'print_deadline'),
    },
  },
  {
    table: 'order_line',
    own: { id: uid('line', 'n'), order_id: order, enrolment_id: uid('enrolment', student) },
  },
  { table: 'order_event', own: { order_id: order, at: past('at') }, order: 'id' },
  {
    table: 'payment',
    own: {
      id: uid('payment', 'n'),
      order_id: order,
      checkout_id: `'bulk' || n`,
      ...pastColumns('created_at', 'updated_at', 'settled_at'),
    },
  },
  {
    table: 'payment_webhook',
    own: { event_id: `'bulk' || n || '-' || m.k`, received_at: past('received_at') },
  },
  {
    table: 'ledger_posting',
    own: { id: `${BASE} + n * 10 + m.k`, payment_id: uid('payment', 'n'), at: past('at') },
    order: 'id',
  },
  {
    table: 'ledger_entry',
    own: {
      posting_id: `${BASE} + n * 10 + (select p.k from model_ledger_posting p where p.id = m.posting_id)`,
    },
  },
  {
    table: 'audit_event',
    own: {
      id: `${BASE} + n * 100::bigint + m.k`,
      subject: `case split_part(m.subject, ':', 1) when 'order' then 'order:' || ${order}
        when 'account' then 'account:' || ${uid('account', student)} else m.subject || n end`,
      at: past('at'),
    },
    order: 'id',
  },
  {
    table: 'audit_link',
    own: {
      position: `${BASE} + n * 100::bigint + m.k`,
      event_id: `${BASE} + n * 100::bigint + m.k`,
      sealed_at: past('sealed_at'),
    },
    order: 'position',
  },
  {
    table: 'issued_certificate',
    own: {
      id: certificate,
      order_id: order,
      order_line_id: uid('line', 'n'),
      serial,
      record: `jsonb_set(m.record, '{serial}', to_jsonb(${serial}))`,
      state: `case when ${waiting} then 'made' else m.state end`,
      status: `case when ${withdrawn} then 'void' else m.status end`,
      status_reason: `case when ${withdrawn} then 'requested' end`,
      status_since: `case when ${withdrawn} then ${past('made_at')} end`,
      salt: `uuid_send(${uid('salt', 'n')})`,
      log_index: leaf,
      ...pastColumns('reserved_at', 'made_at'),
    },
  },
  { table: 'certificate_seal', own: { issued_certificate_id: certificate } },
  { table: 'typed_record', own: { serial, id: `uuid_send(md5('typed' || n || '-' || m.k)::uuid)` } },
  {
    table: 'log_leaf',
    own: { index: leaf, serial, at: past('at') },
  },
  {
    table: 'print_job',
    own: {
      id: job,
      order_id: order,
      number_index: `uuid_send(${uid('a', 'n')}) || uuid_send(${uid('b', 'n')})`,
      finished_at: `case when not ${waiting} then ${past('finished_at')} end`,
      ...pastColumns('deadline', 'created_at'),
    },
  },
  {
    table: 'print_document',
    own: {
      job_id: job,
      document_id: certificate,
      state: `case when ${waiting} then 'waiting' else m.state end`,
      completed_at: `case when not ${waiting} then ${past('completed_at')} end`,
    },
  },
  {
    table: 'print_claim',
    own: {
      id: uid('claim', 'n'),
      job_id: job,
      ...pastColumns('claimed_at', 'leased_until', 'outcome_at'),
    },
    only: `not ${waiting}`,
  },
  {
    table: 'mail_outbox',
    own: {
      id: uid('mail', `n || '-' || m.k`),
      message_id: `'bulk' || n || '-' || m.k`,
      reference: `${order}::text`,
      state: `'sent'`,
      sent_at: past('queued_at'),
      next_try_at: 'null',
      queued_at: past('queued_at'),
    },
  },
];

/** The withdrawal's own leaf, right behind what else was entered then. */
export const WITHDRAWALS: Grown = {
  table: 'log_leaf',
  own: {
    index: `${leaf} + 1`,
    serial,
    kind: `'void'`,
    reason: `'requested'`,
    at: past('at'),
  },
  only: withdrawn,
};

/** How many leaves the log has with so many certificates beside the model's. */
export const leavesWith = (certificates: number): number =>
  1 + certificates + Math.floor((certificates + (WITHDRAWN_EVERY * 3) / 4) / WITHDRAWN_EVERY);
