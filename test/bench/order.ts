import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { copiesField } from '#domain/order/draft.ts';
import { saveDraft } from '#features/ordering/draft-store.ts';
import type { Order, OrderingDependencies } from '#features/ordering/index.ts';
import { placeOrder } from '#features/ordering/place-order.ts';
import { settlePayment } from '#features/payment/settle-payment.ts';
import { startPayment } from '#features/payment/start-payment.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { Platform } from '#src/compose/platform.ts';
import { createMemoryCompany } from '#test/support/memory-company.ts';
import type { Student } from '#test/support/sample-student.ts';
import { findStudent } from '#test/support/sample-student.ts';
import { addAccount, withAkashi } from './akashi.ts';
import { medianOf, milliseconds, report } from './measure.ts';

const ACCOUNTS = 16;
const ROUNDS = { warmUp: 3, rounds: 15 };

/** Everybody saves a draft, which is not counted, then all order and pay at once. Returns milliseconds. */
const buyTogether = async (
  { ordering: dependencies, buy }: { ordering: OrderingDependencies; buy: (order: Order) => Promise<void> },
  accounts: readonly string[],
  { personId, enrolmentId }: Student,
): Promise<number> => {
  const { db, clock } = dependencies;
  const key = randomUUID();
  const draft = {
    destination: 'store',
    copies: { [copiesField(enrolmentId, 'enrolment', 'ja')]: '1' },
    typed: {},
    key,
  } as const;
  for (const accountId of accounts) await saveDraft(db, accountId, draft, clock.now());
  return milliseconds(() =>
    Promise.all(
      accounts.map(async (accountId) => {
        const submission = { accountId, personId, language: 'ja' as const, idempotencyKey: key };
        await buy(await placeOrder(dependencies, submission));
      }),
    ),
  );
};

/** The rows of one placed order inserted again under a new number: what the database alone needs. */
const insertAgain = async (db: Database, rows: { order: string; line: string }): Promise<void> => {
  const id = randomUUID();
  const own = { id, order_number: id, idempotency_key: id };
  await transaction(db, async (tx) => {
    await sql`insert into certificate_order
      select * from jsonb_populate_record(null::certificate_order, ${rows.order}::jsonb || ${JSON.stringify(own)}::jsonb)`.execute(
      tx,
    );
    const line = { id: randomUUID(), order_id: id };
    await sql`insert into order_line
      select * from jsonb_populate_record(null::order_line, ${rows.line}::jsonb || ${JSON.stringify(line)}::jsonb)`.execute(
      tx,
    );
    await sql`insert into order_event (order_id, at, event, to_state, actor)
      values (${id}, now(), 'submit', 'awaiting_payment', 'bench')`.execute(tx);
  });
};

const readRows = async (db: Database): Promise<{ order: string; line: string }> => {
  const { rows } = await sql<{ order: string; line: string }>`
    select to_jsonb(o)::text as order, to_jsonb(l)::text as line
    from certificate_order o join order_line l on l.order_id = o.id limit 1`.execute(db);
  if (rows[0] === undefined) throw new Error('no order was placed');
  return rows[0];
};

const addAccounts = async (platform: Platform): Promise<string[]> => {
  const accounts: string[] = [];
  for (let index = 0; index < ACCOUNTS; index += 1)
    accounts.push(await addAccount(platform, `order${index}`));
  return accounts;
};

/** Orders submitted and paid by 16 people at once; the typesetter's count of sheets and the payment company answer from memory. */
export const benchOrder = (): Promise<void> =>
  withAkashi(async (platform, parts) => {
    const dependencies: OrderingDependencies = {
      ...parts.ordering,
      preview: {
        rowsBySheet: async () => [0],
        previewPage: async () => new Uint8Array(),
        missingGlyphs: () => [],
      },
    };
    const student = await findStudent(platform.db);
    const accounts = await addAccounts(platform);
    const company = createMemoryCompany();
    const payment = { ...parts.payment, provider: company.provider };
    const buy = async (order: Order): Promise<void> => {
      const { id, checkoutId } = await startPayment(payment, order, 'ja');
      company.pay(checkoutId ?? '', platform.clock.now());
      await settlePayment(payment, id);
    };
    const world = { ordering: dependencies, buy };
    const paid = await medianOf(ROUNDS, () => buyTogether(world, accounts, student));
    report('order.per_s', (ACCOUNTS * 1000) / paid, '1/s');
    const rows = await readRows(platform.db);
    const bare = await medianOf(ROUNDS, () =>
      milliseconds(() => Promise.all(accounts.map(() => insertAgain(platform.db, rows)))),
    );
    report('order.limit.per_s', (ACCOUNTS * 1000) / bare, '1/s');
  });
