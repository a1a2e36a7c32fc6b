import type { Database } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';

/** Asks for a look at how a payment, or what a payer's bank disputes of it, stands at its company; once at a time. */
export const askCompany = (
  db: Database,
  about: 'fetch-payment' | 'fetch-disputes',
  paymentId: string,
): Promise<void> => addJob(db, about, { paymentId }, { key: `${about}:${paymentId}` });
