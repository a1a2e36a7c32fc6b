import { mailJobs, openTransport } from '#platform/mail/outbox.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import type { Platform } from './platform.ts';

/** Every kind of background work, by name. */
export const composeJobs = async (platform: Platform): Promise<JobHandlers> => {
  const { db, clock, log, environment, university } = platform;
  const { from, fromName } = university.mail;
  return {
    ...mailJobs({
      db,
      clock,
      log,
      transport: openTransport(environment.smtpUrl),
      from: { name: fromName.ja, address: from },
    }),
  };
};
