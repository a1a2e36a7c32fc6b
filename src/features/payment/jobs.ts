import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { listUnderWay } from './payment-store.ts';
import { settlePayment } from './settle-payment.ts';

const SWEEP_EVERY = { minutes: 2 };

/** Asks for the first sweep; each sweep asks for the next. Called when the service starts. */
export const schedulePaymentSweep = (db: Database): Promise<void> =>
  addJob(db, 'sweep-payments', {}, { key: 'sweep-payments' });

export const paymentJobs = (dependencies: PaymentDependencies): JobHandlers => ({
  'fetch-payment': async ({ paymentId }) => {
    if (paymentId !== undefined) await settlePayment(dependencies, paymentId);
  },
  /** Resumes what a crash interrupted and finds what a lost webhook would have told. */
  'sweep-payments': async () => {
    const { db, clock } = dependencies;
    const now = clock.now();
    for (const paymentId of await listUnderWay(db, now.subtract({ minutes: 1 }))) {
      await addJob(db, 'fetch-payment', { paymentId }, { key: `fetch-payment:${paymentId}` });
    }
    await addJob(db, 'sweep-payments', {}, { key: 'sweep-payments', runAt: now.add(SWEEP_EVERY) });
  },
});
