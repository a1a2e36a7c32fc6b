import { uid } from './journeys.ts';
import type { Grown } from './multiply.ts';

/** Where the numbers of rows begin that have a number: far beyond those of the model. */
const BASE = 1_000_000_000;

/** An import of the register, and each day's retention, come once for many certificates. */
const OF_THE_JOURNEY = `split_part(subject, ':', 1) not in ('import', 'retention')`;

const past = (column: string): string => `m.${column} - b.ago`;
const pastColumns = (...columns: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, past(column)]));
const orderHex = `lpad(upper(to_hex(b.n)), 10, '0')`;

/** Every table that grows with the certificates, in the order of their references. */
export const GROWN: readonly Grown[] = [
  {
    table: 'certificate_order',
    own: {
      id: 'b.the_order',
      order_number: `substr(${orderHex}, 1, 5) || '-' || substr(${orderHex}, 6)`,
      account_id: 'b.account',
      person_id: 'b.person',
      state: `case when b.waits then 'ready' else m.state end`,
      idempotency_key: `'bulk' || b.n`,
      ...pastColumns('submitted_at', 'payment_deadline', 'paid_at', 'print_deadline'),
    },
  },
  {
    table: 'order_line',
    own: { id: 'b.line', order_id: 'b.the_order', enrolment_id: 'b.enrolment' },
  },
  { table: 'order_event', own: { order_id: 'b.the_order', at: past('at') }, order: 'id' },
  {
    table: 'payment',
    own: {
      id: 'b.payment',
      order_id: 'b.the_order',
      checkout_id: `'bulk' || b.n`,
      ...pastColumns('created_at', 'updated_at', 'settled_at'),
    },
  },
  {
    table: 'payment_webhook',
    own: { event_id: `'bulk' || b.n || '-' || m.k`, received_at: past('received_at') },
  },
  {
    table: 'ledger_posting',
    own: { id: `${BASE} + b.n * 10 + m.k`, payment_id: 'b.payment', at: past('at') },
    order: 'id',
  },
  {
    table: 'ledger_entry',
    own: {
      posting_id: `${BASE} + b.n * 10 + (select p.k from model_ledger_posting p where p.id = m.posting_id)`,
    },
  },
  {
    table: 'audit_event',
    own: {
      id: `${BASE} + b.n * 100::bigint + m.k`,
      subject: `case split_part(m.subject, ':', 1) when 'order' then 'order:' || b.the_order
        when 'account' then 'account:' || b.account else m.subject || b.n end`,
      at: past('at'),
    },
    order: 'id',
    of: OF_THE_JOURNEY,
  },
  {
    table: 'audit_link',
    own: {
      position: `${BASE} + b.n * 100::bigint + m.k`,
      event_id: `${BASE} + b.n * 100::bigint + m.k`,
      sealed_at: past('sealed_at'),
    },
    order: 'position',
    of: `event_id in (select id from audit_event where ${OF_THE_JOURNEY})`,
  },
  {
    table: 'issued_certificate',
    own: {
      id: 'b.certificate',
      order_id: 'b.the_order',
      order_line_id: 'b.line',
      serial: 'b.serial',
      record: `jsonb_set(m.record, '{serial}', to_jsonb(b.serial))`,
      state: `case when b.waits then 'made' else m.state end`,
      status: `case when b.withdrawn then 'void' else m.status end`,
      status_reason: `case when b.withdrawn then 'requested' end`,
      status_since: `case when b.withdrawn then ${past('made_at')} end`,
      salt: `uuid_send(${uid('salt', 'b.n')})`,
      log_index: 'b.leaf',
      ...pastColumns('reserved_at', 'made_at'),
    },
  },
  { table: 'certificate_seal', own: { issued_certificate_id: 'b.certificate' } },
  {
    table: 'typed_record',
    own: { serial: 'b.serial', id: `uuid_send(md5('typed' || b.n || '-' || m.k)::uuid)` },
  },
  {
    table: 'log_leaf',
    own: { index: 'b.leaf', serial: 'b.serial', at: past('at') },
  },
  {
    table: 'print_job',
    own: {
      id: 'b.job',
      order_id: 'b.the_order',
      number_index: `uuid_send(${uid('a', 'b.n')}) || uuid_send(${uid('b', 'b.n')})`,
      finished_at: `case when not b.waits then ${past('finished_at')} end`,
      ...pastColumns('deadline', 'created_at'),
    },
  },
  {
    table: 'print_document',
    own: {
      job_id: 'b.job',
      document_id: 'b.certificate',
      state: `case when b.waits then 'waiting' else m.state end`,
      completed_at: `case when not b.waits then ${past('completed_at')} end`,
    },
  },
  {
    table: 'print_claim',
    own: {
      id: uid('claim', 'b.n'),
      job_id: 'b.job',
      ...pastColumns('claimed_at', 'leased_until', 'outcome_at'),
    },
    only: 'not b.waits',
  },
  {
    table: 'mail_outbox',
    own: {
      id: uid('mail', `b.n || '-' || m.k`),
      message_id: `'bulk' || b.n || '-' || m.k`,
      reference: 'b.the_order::text',
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
    index: 'b.leaf + 1',
    serial: 'b.serial',
    kind: `'void'`,
    reason: `'requested'`,
    at: past('at'),
  },
  only: 'b.withdrawn',
};
