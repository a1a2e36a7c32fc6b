import { z } from 'zod';
import type { Checkout, CompanyRefund, Settlement } from '../provider.ts';

const id = z.string().min(1);
const instant = z.iso.datetime({ offset: true }).transform((text) => Temporal.Instant.from(text));

export const refundSchema = z.object({
  id,
  reference: z.string(),
  amount: z.int(),
  state: z.enum(['pending', 'succeeded', 'failed']),
});

const checkoutSchema = z.object({
  id,
  reference: z.string(),
  state: z.enum(['open', 'authorised', 'awaiting_cash', 'succeeded', 'cancelled', 'expired']),
  amount: z.int(),
  currency: z.string(),
  url: z.url(),
  paidAt: instant.nullable(),
  slips: z.array(z.object({ chain: id, number: id, confirmation: z.string().nullable() })),
  refunds: z.array(refundSchema),
});

const settlementSchema = z.object({
  settlements: z.array(
    z.object({
      id,
      paidOutAt: instant,
      amount: z.int(),
      items: z.array(
        z.object({
          id,
          kind: z.enum(['payment', 'refund']),
          reference: z.string(),
          amount: z.int(),
          fee: z.int().min(0),
        }),
      ),
    }),
  ),
});

export const eventSchema = z.object({ id, checkout: z.object({ id, reference: z.string() }) });

const STATES: Readonly<Record<z.infer<typeof checkoutSchema>['state'], Checkout['state']>> = {
  open: 'open',
  // A wallet's approval and a number for cash are promises, not money.
  authorised: 'open',
  awaiting_cash: 'open',
  succeeded: 'paid',
  cancelled: 'closed',
  expired: 'closed',
};

export const checkoutOf = (answer: unknown): Checkout => {
  const { state, ...rest } = checkoutSchema.parse(answer);
  return { ...rest, state: STATES[state] };
};

export const refundOf = (answer: unknown): CompanyRefund => refundSchema.parse(answer);

export const settlementsOf = (answer: unknown): readonly Settlement[] =>
  settlementSchema.parse(answer).settlements;
