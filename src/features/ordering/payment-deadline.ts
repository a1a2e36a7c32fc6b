import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import { tokyoDate } from '#domain/dates.ts';
import { lastInstantBeforeStop } from '#domain/eligibility/conditions.ts';
import type { OrderingDependencies } from './dependencies.ts';
import type { Order } from './order-store.ts';

export type PaymentDeadline = Pick<Order, 'paymentDeadline' | 'paymentLatest'>;

/** Until when an order placed now can be paid, and how far that may be extended: not into a type's year-end stop. */
export const paymentDeadlineOf = (
  { university }: Pick<OrderingDependencies, 'university'>,
  types: readonly CertificateType[],
  now: Temporal.Instant,
): PaymentDeadline => {
  const stopped = types.filter(({ eligibility }) => eligibility.includes('outside-year-end-stop'));
  const paymentLatest = lastInstantBeforeStop(
    stopped.map(({ conditions }) => conditions),
    tokyoDate(now),
  );
  const wanted = now.add({ minutes: university.deadlines.cardPaymentMinutes });
  const late = paymentLatest !== null && Temporal.Instant.compare(wanted, paymentLatest) > 0;
  return { paymentDeadline: late ? paymentLatest : wanted, paymentLatest };
};
