import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { MAIL_REFUSED_JOB } from '#platform/mail/send-mail.ts';
import { noteBounce } from './note-bounce.ts';

export const mailAddressJobs = (dependencies: {
  readonly db: Database;
  readonly clock: Clock;
}): JobHandlers => ({
  [MAIL_REFUSED_JOB]: async ({ mailId }) => {
    if (mailId !== undefined) await noteBounce(dependencies, mailId);
  },
});
