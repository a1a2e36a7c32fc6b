import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { orderStateOf } from '#domain/delivery/states.ts';
import { AkashiError } from '#domain/error.ts';
import { copiesField } from '#domain/order/draft.ts';
import type { SentDelivery } from '#features/delivery/delivery-store.ts';
import { listDeliveries } from '#features/delivery/delivery-store.ts';
import { downloadDocuments } from '#features/delivery/download-documents.ts';
import { extendLink } from '#features/delivery/extend-link.ts';
import type { DeliveryDependencies } from '#features/delivery/index.ts';
import { lapseDelivery } from '#features/delivery/lapse-delivery.ts';
import { openDelivery } from '#features/delivery/open-delivery.ts';
import { readLink } from '#features/delivery/read-link.ts';
import { recallDelivery } from '#features/delivery/recall-delivery.ts';
import { MOST_SENDINGS, resendDelivery } from '#features/delivery/resend-delivery.ts';
import { sendOrder } from '#features/delivery/send-order.ts';
import { cancelOrder } from '#features/ordering/cancel-order.ts';
import { readOrder } from '#features/ordering/index.ts';
import { manualClock } from '#platform/clock.ts';
import { hashToken } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';
import { openCookieJar } from '#platform/web/cookies.ts';
import { sampleRecord } from './certificate-record.ts';
import type { TestDatabase } from './database.ts';
import { insertAccount } from './payment.ts';

const RECIPIENTS = 3;
const START = '2026-11-24T03:00:00Z';

type World = {
  readonly db: Database;
  readonly dependencies: DeliveryDependencies;
  readonly clock: ReturnType<typeof manualClock>;
  readonly orderId: string;
};

/** A made order of three recipients, one document each, without the making of any. */
const insertMadeOrder = async (db: Database): Promise<{ orderId: string; lineId: string }> => {
  const accountId = await insertAccount(db);
  const [orderId, lineId, enrolmentId] = [randomUUID(), randomUUID(), randomUUID()];
  const field = copiesField(enrolmentId, 'enrolment', 'ja');
  const recipients = Array.from({ length: RECIPIENTS }, (_, index) => ({
    organisation: `Organisation ${index + 1}`,
    department: '',
    person: '',
    mail: `r${index + 1}@firm.example`,
    reference: '',
    language: 'en',
    contents: { [field]: 1 },
  }));
  const delivery = JSON.stringify({ kind: 'digital', recipients });
  await sql`insert into certificate_order (id, order_number, account_id, person_id, destination, state, language,
    issuance_fee_yen, system_fee_yen, total_yen, print_charge_yen, sheets, idempotency_key, submitted_at,
    payment_deadline, delivery) values (${orderId}, ${orderId.slice(0, 13)}, ${accountId}, ${randomUUID()}, 'digital',
    'to_send', 'en', 900, 220, 1120, 0, 3, ${orderId}, ${START}, ${START}, ${delivery})`.execute(db);
  const snapshot = JSON.stringify(sampleRecord('enrolment', 'ja').snapshot);
  await sql`insert into order_line (id, order_id, position, certificate_type, language, enrolment_id, snapshot, copies,
    sheets_per_copy, fee_class, fee_each_yen) values (${lineId}, ${orderId}, 1, 'enrolment', 'ja', ${enrolmentId},
    ${snapshot}, ${RECIPIENTS}, 1, 'current', 300)`.execute(db);
  return { orderId, lineId };
};

const openWorld = async (db: Database): Promise<World> => {
  const clock = manualClock(START);
  const { orderId, lineId } = await insertMadeOrder(db);
  const documents = Array.from({ length: RECIPIENTS }, (_, index) => ({
    documentId: randomUUID(),
    orderLineId: lineId,
    copy: index + 1,
    serial: `SERIAL-${index + 1}`,
    issueDate: '2026-11-24',
  }));
  const dependencies: DeliveryDependencies = {
    db,
    clock,
    cookies: openCookieJar('http://localhost'),
    random: randomBytes,
    baseUrl: 'http://localhost',
    universityName: { ja: '大学', en: 'University' },
    contacts: [],
    linkMonths: 3,
    personalCopy: false,
    verificationPath: '/verify',
    listDocuments: async () => documents,
    readDocument: async (documentId) => new TextEncoder().encode(documentId),
    keepDocument: async () => {},
    makePersonalCopy: async () => new Uint8Array(),
    hasOpenUndo: async () => false,
  };
  // Two workers take the job at once: one of them finds the work done or in the other's hands.
  await Promise.allSettled([sendOrder(dependencies, orderId), sendOrder(dependencies, orderId)]);
  return { db, dependencies, clock, orderId };
};

const KINDS = [
  'open',
  'open',
  'download',
  'download',
  'extend',
  'recall',
  'resend',
  'lapse',
  'cancel',
] as const;
const act = fc.record({
  kind: fc.constantFrom(...KINDS),
  who: fc.nat(RECIPIENTS - 1),
  corrected: fc.boolean(),
});
type Act = { kind: (typeof KINDS)[number]; who: number; corrected: boolean };
const step = fc.record({
  together: fc.array(act, { minLength: 1, maxLength: 3 }),
  days: fc.constantFrom(0, 0, 0, 1, 95),
});

type Link = { readonly token: string; readonly deliveryId: string; readonly dead: boolean };

/** Every link ever mailed, with its token as only its recipient has it. */
const listLinks = async ({ db, orderId }: World): Promise<Link[]> => {
  const ids = (await listDeliveries(db, orderId)).map(({ id }) => id);
  const mails = await db
    .selectFrom('mail_outbox')
    .select('text_body')
    .where('kind', '=', 'delivery-link')
    .where('reference', 'in', ids)
    .execute();
  const rows = await db
    .selectFrom('delivery_link')
    .select(['token_hash', 'delivery_id', 'replaced_at'])
    .where('delivery_id', 'in', ids)
    .execute();
  const byHash = new Map(rows.map((row) => [row.token_hash.toString('hex'), row]));
  return mails.flatMap(({ text_body: text }) => {
    const token = /\/delivery\/([\w-]+)/.exec(text)?.[1] ?? '';
    const row = byHash.get(hashToken(token).toString('hex'));
    return row === undefined ? [] : [{ token, deliveryId: row.delivery_id, dead: row.replaced_at !== null }];
  });
};

const perform = async (
  world: World,
  { kind, who, corrected }: Act,
  links: readonly Link[],
): Promise<unknown> => {
  const { db, dependencies, orderId } = world;
  const delivery = (await listDeliveries(db, orderId))[who];
  if (delivery === undefined) throw new Error('three were sent');
  const token = links.find((link) => link.deliveryId === delivery.id && !link.dead)?.token ?? '';
  const order = await readOrder(db, orderId);
  switch (kind) {
    case 'open':
      return openDelivery(dependencies, token);
    case 'download':
      return downloadDocuments(dependencies, { token, which: 'all', grant: undefined });
    case 'extend':
      return extendLink(dependencies, { token, grant: undefined });
    case 'recall':
      return recallDelivery(dependencies, order, delivery.position);
    case 'resend': {
      const mail = corrected ? `new-${delivery.mail}`.slice(0, 60) : delivery.mail;
      return resendDelivery(dependencies, order, { position: delivery.position, mail });
    }
    case 'lapse':
      return lapseDelivery(dependencies, delivery.id);
    case 'cancel':
      return cancelOrder(dependencies, order);
  }
};

/** What holds after every step, whatever happened at once. */
const checkAll = async (world: World, before: readonly SentDelivery[]): Promise<void> => {
  const { db, dependencies, clock, orderId } = world;
  const { state } = await readOrder(db, orderId);
  const deliveries = await listDeliveries(db, orderId);
  const progress = deliveries.map((one) => ({ state: one.state, wasOpened: one.openedAt !== null }));
  const wanted = orderStateOf(progress);
  // Money goes back only while nobody has seen anything.
  if (state === 'refund_ready') assert.equal(wanted, 'recalled');
  else assert.equal(state, wanted);
  if (wanted === 'recalled') assert.ok(deliveries.every(({ openedAt }) => openedAt === null));
  const links = await listLinks(world);
  const latest = Temporal.Instant.from('2027-05-24T14:59:59Z');
  for (const [index, one] of deliveries.entries()) {
    const own = links.filter(({ deliveryId }) => deliveryId === one.id);
    assert.equal(own.length, one.sendings, 'one mail and one link a sending');
    assert.equal(own.filter(({ dead }) => !dead).length, 1, 'one living link');
    assert.ok(one.sendings <= MOST_SENDINGS);
    assert.ok(Temporal.Instant.compare(one.linkUntil, latest) <= 0, 'extended once at most');
    const was = before[index];
    if (was?.openedAt) assert.ok(one.openedAt?.equals(was.openedAt), 'first opening stays');
    if (was?.openedAt) assert.equal(one.mail, was.mail, 'what was opened stays with who opened it');
    if (was?.state === 'expired') assert.equal(one.state, 'expired');
    const over = Temporal.Instant.compare(clock.now(), one.linkUntil) > 0;
    for (const { token, dead } of own) {
      const { kind } = await readLink(dependencies, token);
      const open = !dead && !over && one.state !== 'recalled' && one.state !== 'expired';
      assert.equal(kind === 'open', open, `${kind} for ${one.state}`);
    }
  }
};

/** Random histories of one order each, up to three things at once, on a real database. */
export const runDeliveryHistories = (
  { db }: TestDatabase,
  { runs, seed }: { runs: number; seed: number },
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (steps) => {
      const world = await openWorld(db);
      for (const { together, days } of steps) {
        world.clock.advance({ hours: 24 * days, seconds: 1 });
        const before = await listDeliveries(db, world.orderId);
        const links = await listLinks(world);
        const results = await Promise.allSettled(together.map((one) => perform(world, one, links)));
        for (const result of results) {
          if (result.status === 'fulfilled') continue;
          const refused = result.reason instanceof AkashiError && result.reason.code === 'wrong-state';
          assert.ok(refused, String(result.reason));
        }
        await checkAll(world, before);
      }
    }),
    { numRuns: runs, seed },
  );
