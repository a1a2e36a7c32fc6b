import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Checkout, Refund } from '#dev/payment-company/checkout-store.ts';
import type { Database } from '#platform/database/database.ts';
import type { Acknowledged } from './acknowledged.ts';
import { checkFiles, checkWalks } from './invariants.ts';
import type { Mailbox } from './mailbox.ts';

type Everything = {
  readonly db: Database;
  readonly seen: Acknowledged;
  readonly mailbox: Mailbox;
  readonly dataFolder: string;
  /** How often a process died that may have been between a relay's answer and its commit. */
  readonly deaths: number;
};

const MAILS_AT_ONCE = 3;
const byKey = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> =>
  Map.groupBy(rows, keyOf);

const checkOrders = async ({ db, seen }: Everything): Promise<void> => {
  const { rows } = await sql<{ key: string; number: string; state: string }>`
    select account_id || ' ' || idempotency_key as key, order_number as number, state
    from certificate_order`.execute(db);
  const orders = byKey(rows, ({ key }) => key);
  for (const [key, number] of seen.of('ordered'))
    assert.deepEqual(
      orders.get(key)?.map((one) => one.number),
      [number],
      `the order ${number}`,
    );
  for (const key of seen.of('draft kept').keys()) assert.ok(orders.has(key), `the draft ${key} was ordered`);
  for (const [key, found] of orders) assert.equal(found.length, 1, `one order for ${key}`);
  const other = await sql<{ id: string }>`
    select order_id as id from order_line group by 1
    having count(*) <> 1 or min(copies) <> 1 or max(copies) <> 1 or min(certificate_type) <> 'enrolment'`.execute(
    db,
  );
  assert.deepEqual(other.rows, [], 'every order is of the one copy that was typed');
  const states = new Map(rows.map(({ number, state }) => [number, state]));
  for (const number of seen.of('cancelled').keys())
    assert.match(states.get(number) ?? '', /^(cancelled|refunded)$/, `the cancelled order ${number}`);
  for (const number of seen.of('paid').values())
    assert.doesNotMatch(states.get(number) ?? '', /^(awaiting_payment|expired)$/, `the paid order ${number}`);
};

/** Our books against the company's: the same money came and went, each yen once. */
const checkMoney = async ({ db, seen, dataFolder }: Everything): Promise<void> => {
  const { checkouts, refunds } = JSON.parse(
    readFileSync(join(dataFolder, 'payment-company.json'), 'utf8'),
  ) as { checkouts: Record<string, Checkout>; refunds: Record<string, Refund> };
  const all = Object.values(checkouts);
  for (const [reference, same] of byKey(all, (one) => one.reference))
    assert.equal(same.length, 1, `one checkout for the payment ${reference}`);
  const paid = all.filter(({ state }) => state === 'succeeded');
  const settled = await db
    .selectFrom('payment')
    .select(['id', 'checkout_id', 'settled_yen'])
    .where('state', '=', 'settled')
    .execute();
  assert.deepEqual(
    settled.map((one) => [one.id, one.checkout_id, one.settled_yen].join(' ')).sort(),
    paid.map(({ id, reference, amount }) => [reference, id, amount].join(' ')).sort(),
    'what was paid at the company is what is settled here',
  );
  for (const id of seen.of('paid').keys()) assert.equal(checkouts[id]?.state, 'succeeded', id);
  for (const id of seen.of('payment begun').keys())
    assert.ok(
      await db.selectFrom('payment').select('id').where('checkout_id', '=', id).executeTakeFirst(),
      `the payment with the checkout ${id}`,
    );
  const returned = await db
    .selectFrom('payment_refund')
    .innerJoin('payment', 'payment.id', 'payment_refund.payment_id')
    .select(['checkout_id', 'payment_refund.amount_yen'])
    .execute();
  assert.deepEqual(
    returned.map((one) => `${one.checkout_id} ${one.amount_yen}`).sort(),
    Object.values(refunds)
      .map((one) => `${one.checkoutId} ${one.amount}`)
      .sort(),
    'what the company sent back is what we asked it to, once',
  );
  const { rows } = await sql<{ clearing: number; all: number }>`
    select coalesce(sum(amount_yen) filter (where account = 'clearing'), 0)::int as clearing,
      coalesce(sum(amount_yen), 0)::int as all from ledger_entry`.execute(db);
  const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
  const held = sum(paid.map(({ amount }) => amount)) - sum(Object.values(refunds).map((one) => one.amount));
  assert.deepEqual(rows, [{ clearing: held, all: 0 }], 'the ledger is level and says what the company holds');
};

const checkWebhooks = async ({ db, seen }: Everything): Promise<void> => {
  const stored = await db.selectFrom('payment_webhook').select('event_id').execute();
  const events = new Set(stored.map((row) => row.event_id));
  assert.equal(events.size, stored.length, 'a webhook is kept once');
  for (const id of seen.of('webhook taken').keys()) assert.ok(events.has(id), `the webhook ${id}`);
};

/** What a machine was told to have reported is on record, and every sheet that came out whole is a valid one. */
const checkPapers = async ({ db, seen }: Everything): Promise<void> => {
  const claims = await db
    .selectFrom('print_claim')
    .select(['id', 'fence', 'outcome', 'pages_printed'])
    .execute();
  const known = new Map(claims.map((one) => [one.id, one]));
  for (const [id, fence] of seen.of('claimed')) assert.equal(String(known.get(id)?.fence), fence, id);
  for (const [id, pages] of seen.of('pages reported'))
    assert.equal(String(known.get(id)?.pages_printed), pages, id);
  const sheets: string[] = [];
  for (const [id, printed] of seen.of('outcome reported')) {
    assert.ok(known.get(id)?.outcome, `the outcome of the claim ${id}`);
    sheets.push(...printed.split(' ').filter(Boolean));
  }
  const rows = await db.selectFrom('issued_certificate').select(['sha256', 'status', 'state']).execute();
  const bySheet = byKey(rows, (row) => row.sha256 ?? '');
  for (const sheet of sheets)
    assert.deepEqual(
      bySheet.get(sheet)?.map(({ status, state }) => `${status} ${state}`),
      ['valid destroyed'],
      `the sheet ${sheet}`,
    );
};

const checkAddresses = async ({ db, seen }: Everything): Promise<void> => {
  const accounts = await db.selectFrom('account').select(['id', 'mail_address']).execute();
  const addresses = new Map(accounts.map((one) => [one.id, one.mail_address]));
  for (const [address, account] of seen.of('address confirmed'))
    assert.equal(addresses.get(account), address, `the address ${address}`);
  const { rows } = await sql<{ account: string }>`
    select account_id as account from mail_address_request where used_at is not null
    group by 1 having count(*) > 1`.execute(db);
  assert.deepEqual(rows, [], 'an address is confirmed once');
};

const checkDeliveries = async ({ db, seen }: Everything): Promise<void> => {
  const rows = await db.selectFrom('delivery').select(['mail', 'opened_at', 'downloaded_at']).execute();
  const deliveries = byKey(rows, ({ mail }) => mail);
  for (const mail of seen.of('delivery opened').keys()) {
    const found = deliveries.get(mail) ?? [];
    assert.equal(found.length, 1, `one sending to ${mail}`);
    assert.ok(found[0]?.opened_at, `${mail} opened`);
    if (seen.of('delivery downloaded').has(mail)) assert.ok(found[0]?.downloaded_at, `${mail} downloaded`);
  }
};

/** Each mail of the outbox arrived; twice only where a connection or a process died after the relay had taken it. */
const checkMails = async ({ db, mailbox, deaths }: Everything): Promise<void> => {
  const arrived = await mailbox.arrivals();
  const ids = new Set([...arrived.keys()].map((id) => id.replace(/^<|@.*$/g, '')));
  const outbox = await db.selectFrom('mail_outbox').select(['message_id', 'kind']).execute();
  const missing = outbox.filter((one) => !ids.has(one.message_id));
  assert.deepEqual(missing, [], 'every mail arrived');
  assert.equal(arrived.size, outbox.length, 'nothing arrived that is not in the outbox');
  const again = [...arrived.values()].reduce((sum, times) => sum + times - 1, 0);
  const allowed = MAILS_AT_ONCE * (mailbox.broken() + deaths);
  assert.ok(again <= allowed, `${again} mails arrived again, of ${allowed} that may have`);
};

/** Everything that was acknowledged is there, once, and nothing that nobody asked for. */
export const checkStorm = async (everything: Everything): Promise<void> => {
  await checkOrders(everything);
  await checkMoney(everything);
  await checkWebhooks(everything);
  await checkPapers(everything);
  await checkAddresses(everything);
  await checkDeliveries(everything);
  await checkMails(everything);
  await checkWalks(everything.db);
  await checkFiles(everything.db, join(everything.dataFolder, 'documents'));
};
