import type { PaymentDependencies } from '#features/payment/dependencies.ts';
import type { MemoryCompany } from './memory-company.ts';

export type World = {
  readonly dependencies: PaymentDependencies;
  readonly company: MemoryCompany;
  readonly orderId: string;
  readonly advance: (by: Temporal.DurationLike) => void;
};
