import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import type { OrderEvent, OrderState } from '#domain/order/states.ts';
import { nextOrderState } from '#domain/order/states.ts';
import type { Database } from '#platform/database/database.ts';

/** What must not be there when everything has been done: each names the rows that break it. */
const NEVER: Readonly<Record<string, string>> = {
  'a posting that does not balance':
    'select posting_id from ledger_entry group by posting_id having sum(amount_yen) <> 0',
  'money that stays receivable':
    "select sum(amount_yen) from ledger_entry where account = 'receivable' having sum(amount_yen) <> 0",
  'money that is still owed back':
    "select sum(amount_yen) from ledger_entry where account = 'refunds_payable' having sum(amount_yen) <> 0",
  'an order paid for that has neither certificate nor refund':
    "select order_number, state from certificate_order where state in ('paid', 'preparing', 'held', 'paid_late', 'refund_ready', 'refund_submitted', 'to_send')",
  'an order with two settled payments':
    "select order_id from payment where state = 'settled' group by order_id having count(*) > 1",
  'an order that waits for money it has':
    "select order_number from certificate_order o join payment p on p.order_id = o.id where p.state = 'settled' and o.state in ('awaiting_payment', 'expired', 'cancelled')",
  'a payment that is still being tried':
    "select id, state from payment where state in ('ready', 'submitted')",
  'a refund that is not done': "select id, state from payment_refund where state <> 'done'",
  'a payment with two refunds':
    'select payment_id from payment_refund group by payment_id having count(*) > 1',
  'a copy of a paid order without exactly one valid certificate': `
    select o.order_number, l.id, copy.n, count(c.id)
    from certificate_order o join order_line l on l.order_id = o.id
      cross join generate_series(1, l.copies) as copy (n)
      left join issued_certificate c on c.order_line_id = l.id and c.copy = copy.n and c.status = 'valid'
    where o.state in ('ready', 'printing', 'outcome_unknown', 'partly_printed', 'printed', 'sent', 'opened', 'downloaded')
    group by 1, 2, 3 having count(c.id) <> 1`,
  'a valid certificate of an order whose money went back': `
    select o.order_number from certificate_order o join issued_certificate c on c.order_id = o.id
    where o.state in ('refunded', 'cancelled') and c.status = 'valid'`,
  'a certificate half made':
    "select id, state, status from issued_certificate where status = 'valid' and state not in ('made', 'destroyed')",
  'a certificate that the log does not know': `
    select c.serial, c.impression from issued_certificate c where c.state in ('made', 'destroyed') and not exists (
      select from log_leaf l where l.kind = 'issue' and l.serial = c.serial and l.impression = c.impression)`,
  'a leaf of no certificate': `
    select l.serial, l.impression from log_leaf l where not exists (
      select from issued_certificate c where c.serial = l.serial and c.impression = l.impression)`,
  'a withdrawal that the log does not know': `
    select c.serial, c.impression from issued_certificate c join log_leaf i using (serial, impression)
    where i.kind = 'issue' and c.status <> 'valid' and not exists (
      select from log_leaf l where l.kind <> 'issue' and l.serial = c.serial and l.impression = c.impression)`,
  'a document of a printed copy that was not destroyed': `
    select d.document_id from print_document d join document_key k on k.issued_certificate_id = d.document_id
    where d.state = 'completed'`,
  'a mail that did not go out': "select id, state, last_error from mail_outbox where state <> 'sent'",
  'a document that is kept without its timestamps':
    "select issued_certificate_id, level, problem from document_archive where level <> 'B-LTA'",
  'a job that has given up':
    'select id, last_error from graphile_worker._private_jobs where attempts >= max_attempts',
  'a job that is locked or due': `
    select j.id, t.identifier, j.locked_by, j.last_error from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier not like 'sweep-%' and (j.locked_at is not null or j.run_at < now() - interval '5 seconds')`,
};

/** The names of what holds no more, with the first rows of each. */
export const listBroken = async (db: Database): Promise<string[]> => {
  const broken: string[] = [];
  for (const [name, query] of Object.entries(NEVER)) {
    const { rows } = await sql.raw<object>(query).execute(db);
    const told = JSON.stringify(rows.slice(0, 3), (_key, value: unknown) =>
      typeof value === 'bigint' ? Number(value) : value,
    );
    if (rows.length > 0) broken.push(`${name}: ${rows.length}, ${told}`);
  }
  return broken;
};

/** Every order came to its state by edges of the one table. */
export const checkWalks = async (db: Database): Promise<void> => {
  const { rows } = await sql<{ number: string; state: string; events: OrderEvent[] }>`
    select order_number as number, state, (
      select json_agg(e.event order by e.id) from order_event e where e.order_id = o.id) as events
    from certificate_order o`.execute(db);
  for (const { number, state, events } of rows) {
    const walked = events.reduce<OrderState | null>((at, event) => nextOrderState(at, event), null);
    assert.equal(state, walked, `the order ${number} is where its events lead`);
  }
};

/** Every file belongs to a key and every key to a file: nothing is signed that nobody knows of, nothing known is gone. */
export const checkFiles = async (db: Database, folder: string): Promise<void> => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.document'))
    .map((name) => name.replace('.document', ''));
  const keys = await db.selectFrom('document_key').select('issued_certificate_id').execute();
  const known = new Set(keys.map((row) => row.issued_certificate_id));
  assert.deepEqual(
    files.filter((id) => !known.has(id)),
    [],
    'no document without its key',
  );
  assert.deepEqual(
    [...known].filter((id) => !files.includes(id)),
    [],
    'no key without its document',
  );
};
