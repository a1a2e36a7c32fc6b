import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Checkout, NewCheckout, RefundRequest } from '#features/payment/providers/provider.ts';
import { systemClock } from '#platform/clock.ts';
import type { Company } from '../payment-companies.ts';

/** What every payment company must do, the well-behaved one and the one that is not. */
export type Case = readonly [name: string, run: (company: Company, chaotic: Company) => Promise<void>];

/** A checkout that nobody asked for yet. */
export const wanted = (given: Partial<NewCheckout> = {}): NewCheckout => {
  const reference = randomUUID();
  const now = systemClock.now();
  return {
    idempotencyKey: reference,
    reference,
    method: 'card',
    amount: 660,
    merchant: '暁月大学',
    description: '7KQ2M-4X9T3',
    language: 'ja',
    returnUrl: 'http://127.0.0.1:1/return',
    cancelUrl: 'http://127.0.0.1:1/cancel',
    requestedAt: now,
    expiresAt: now.add({ hours: 1 }),
    ...given,
  };
};

export const open = ({ provider }: Company, given: Partial<NewCheckout> = {}): Promise<Checkout> =>
  provider.create(wanted(given));

export const paid = async (company: Company, given: Partial<NewCheckout> = {}): Promise<Checkout> => {
  const { id } = await open(company, given);
  await company.act(id, 'succeed');
  return company.provider.get(id);
};

export const withSlips = async (company: Company): Promise<Checkout> => {
  const expiresAt = systemClock.now().add({ hours: 72 });
  const { id } = await open(company, { method: 'storeCash', expiresAt });
  await company.act(id, 'issue-slips');
  return company.provider.get(id);
};

export const refundOf = (checkout: Checkout, given: Partial<RefundRequest> = {}): RefundRequest => {
  const reference = `${randomUUID()}.0`;
  return { idempotencyKey: reference, reference, checkoutId: checkout.id, amount: 660, ...given };
};

export const acted = async (company: Company, checkout: Checkout, act: string): Promise<Checkout> => {
  await company.act(checkout.id, act);
  return company.provider.get(checkout.id);
};

/** The company knows that it did not happen. */
export const refused = (work: Promise<unknown>) => assert.rejects(work, { code: 'wrong-state' });

/** Nobody knows whether it happened. */
export const unknown = (work: Promise<unknown>) => assert.rejects(work, { code: 'unavailable' });

export const verify = ({ provider }: Company, { body, header }: Company['received'][number]) =>
  provider.verifyWebhook(body, header, systemClock.now());

/** Looks until it is so, for ten seconds. */
export const until = async (met: () => boolean | Promise<boolean>): Promise<void> => {
  for (let look = 0; look < 400 && !(await met()); look += 1) {
    await new Promise((soon) => setTimeout(soon, 25));
  }
  assert.ok(await met());
};

/** Whether a genuine message about a checkout has come. */
export const tellsOf = async (company: Company, checkout: Checkout): Promise<boolean> => {
  const events = await Promise.all(company.received.map((one) => verify(company, one)));
  return events.some((event) => event?.checkoutId === checkout.id || event?.reference === checkout.reference);
};

export const SINCE = systemClock.now().subtract({ minutes: 1 });

export const itemsOf = async ({ provider }: Company, { reference }: Checkout) =>
  (await provider.settlements(SINCE)).flatMap(({ items }) =>
    items.filter((item) => item.reference === reference),
  );
