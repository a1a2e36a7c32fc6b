import { deliveryJobs } from '#features/delivery/index.ts';
import { issuanceJobs } from '#features/issuance/index.ts';
import { mailAddressJobs } from '#features/mail-address/index.ts';
import { orderingJobs } from '#features/ordering/index.ts';
import { paymentJobs } from '#features/payment/index.ts';
import { printingJobs } from '#features/printing/index.ts';
import { sweepSignIn } from '#features/sign-in/index.ts';
import { verificationJobs } from '#features/verification/index.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { mailJobs } from '#platform/mail/send-mail.ts';
import { carryOutRetention } from './carry-out-retention.ts';
import type { Parts } from './parts.ts';
import type { Platform } from './platform.ts';

const SWEEP_EVERY = { minutes: 10 };
const RETENTION_EVERY = { hours: 24 };

/** The jobs of features that listen to the same news: of one name, all run, and all again where one fails. */
const together = (...features: readonly JobHandlers[]): JobHandlers => {
  const names = new Set(features.flatMap((handlers) => Object.keys(handlers)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      async (payload) => {
        for (const handlers of features) await handlers[name]?.(payload);
      },
    ]),
  );
};

/** The jobs that wait for one party outside, a list for each: mail relay, payment company, timestamps, campus printers. */
export const OUTSIDE_PARTIES = [
  ['send-mail'],
  ['fetch-payment', 'cancel-checkout', 'send-refund', 'fetch-disputes', 'reconcile-payments'],
  ['archive-document'],
  ['follow-push'],
] as const;

/** Every kind of background work, by name. */
export const composeJobs = (platform: Platform, parts: Parts): JobHandlers => {
  const { db, clock, log } = platform;
  return {
    ...mailJobs({ db, clock, log, ...parts.mail }),
    ...together(mailAddressJobs({ db, clock }), deliveryJobs(parts.delivery)),
    ...orderingJobs(parts.ordering),
    ...paymentJobs(parts.payment),
    ...issuanceJobs(parts.issuance, parts.archive),
    ...printingJobs(parts.printing),
    ...verificationJobs({ db }),
    'carry-out-retention': async () => {
      await carryOutRetention({ db, clock }, platform.university.retention);
      const options = { key: 'carry-out-retention', runAt: clock.now().add(RETENTION_EVERY) };
      await addJob(db, 'carry-out-retention', {}, options);
    },
    'sweep-sign-in': async () => {
      await sweepSignIn(db, clock.now());
      const options = { key: 'sweep-sign-in', runAt: clock.now().add(SWEEP_EVERY) };
      await addJob(db, 'sweep-sign-in', {}, options);
    },
  };
};
