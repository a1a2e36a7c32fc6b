import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkout, Refund } from '#dev/payment-company/checkout-store.ts';
import { copiesField } from '#domain/order/draft.ts';
import type { OutageHouse } from './outage-house.ts';
import type { Answer, Visitor } from './visitor.ts';

const RECIPIENT = { organisation: 'Northern', mail: 'a@uni.example', again: 'a@uni.example', language: 'en' };

/** Orders one certificate of enrolment; returns the order's number. */
export const order = async (
  { db }: Pick<OutageHouse, 'db'>,
  visitor: Visitor,
  destination: 'store' | 'digital' = 'store',
): Promise<string> => {
  const { id } = await db
    .selectFrom('enrolment')
    .select('id')
    .where('student_number', '=', '1029310001')
    .executeTakeFirstOrThrow();
  await visitor.post('/order/destination', { destination });
  await visitor.post('/order/certificates', { [copiesField(id, 'enrolment', 'ja')]: '1', action: 'next' });
  if (destination === 'digital') {
    const fields = Object.entries(RECIPIENT).map(([name, text]) => [`${name}.1`, text]);
    await visitor.post('/order/delivery', { ...Object.fromEntries(fields), action: 'next' });
  }
  const { html } = await visitor.get('/order/confirmation');
  const key = /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const { path } = await visitor.post('/order/confirmation', { key });
  const number = /^\/orders\/([^/]+)/.exec(path)?.[1];
  assert.ok(number, path);
  return number;
};

export const beginPayment = (visitor: Visitor, number: string, language?: 'ja' | 'en'): Promise<Answer> =>
  visitor.post(`/orders/${number}/payment`, { method: 'card' }, language);

/** The checkout that a page leads to. */
export const checkoutOn = ({ html }: Answer): string => /\/pay\/(chk_[\w-]+)/.exec(html)?.[1] ?? '';

/** At the company's own pages, which are there for payers even while it does not answer us. */
export const payAtCompany = async ({ companyUrl }: OutageHouse, checkoutId: string): Promise<void> => {
  const headers = { Authorization: 'Bearer secret' };
  const act = `${companyUrl}/v1/test/checkouts/${checkoutId}/succeed`;
  assert.equal((await fetch(act, { method: 'POST', headers })).status, 204);
};

/** Pays, comes back, and has everything made that follows. */
export const payFor = async (house: OutageHouse, visitor: Visitor, number: string): Promise<void> => {
  await payAtCompany(house, checkoutOn(await beginPayment(visitor, number)));
  await visitor.get(`/orders/${number}/payment/return`);
  await house.work();
};

export const stateOf = async ({ db }: Pick<OutageHouse, 'db'>, number: string): Promise<string> => {
  const query = db.selectFrom('certificate_order').select('state').where('order_number', '=', number);
  return (await query.executeTakeFirstOrThrow()).state;
};

/** What the company knows. */
export const companyBooks = ({ dataFolder }: OutageHouse) => {
  const text = readFileSync(join(dataFolder, 'payment-company.json'), 'utf8');
  const { checkouts, refunds } = JSON.parse(text) as {
    checkouts: Record<string, Checkout>;
    refunds: Record<string, Refund>;
  };
  return { checkouts: Object.values(checkouts), refunds: Object.values(refunds) };
};

/** Number and PIN on the ticket's page. */
export const ticketOn = ({ html }: Answer) => ({
  printNumber: /data-ticket-number="(\d+)"/.exec(html)?.[1] ?? '',
  pin: /<strong class="ticket-digits">(\d+)</.exec(html)?.[1] ?? '',
});

/** Every impression of an order's certificates. */
export const papersOf = ({ db }: Pick<OutageHouse, 'db'>, number: string) =>
  db
    .selectFrom('issued_certificate')
    .innerJoin('certificate_order', 'certificate_order.id', 'issued_certificate.order_id')
    .select(['impression', 'status'])
    .where('order_number', '=', number)
    .orderBy('impression')
    .execute();
