import { listWaiting } from '#features/issuance/index.ts';
import type { Database } from '#platform/database/database.ts';
import { listFailingJobs } from '#platform/jobs/failing-store.ts';
import { listDelayedMails } from '#platform/mail/outbox.ts';
import type { Commands } from './command.ts';
import { withDatabase } from './command.ts';

/** What waits for something that is away or full, a JSON line each: since when, why, and when it is tried again. */
export const describeWaiting = async (db: Database): Promise<string[]> => {
  const jobs = await listFailingJobs(db);
  const mails = await listDelayedMails(db);
  const documents = (await listWaiting(db)).filter(({ problem }) => problem !== null);
  return [
    ...jobs.map((job) => ({ kind: 'job', ...job })),
    ...mails.map((mail) => ({ kind: 'mail', ...mail })),
    ...documents.map(({ documentId, level, keptAt, problem, dueAt }) => ({
      kind: 'document',
      documentId,
      level,
      since: keptAt,
      error: problem,
      nextTry: dueAt,
    })),
  ].map((line) => JSON.stringify(line));
};

export const WAITING_COMMANDS: Commands = {
  waiting: {
    about: 'what waits for a relay, a company, an authority or a disk, since when and why',
    run: (environment) =>
      withDatabase(environment, async ({ db }) => {
        const lines = await describeWaiting(db);
        for (const line of lines) console.log(line);
        if (lines.length === 0) console.log('Nothing waits.');
      }),
  },
};
