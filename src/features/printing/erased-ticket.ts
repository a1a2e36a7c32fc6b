import { sql } from 'kysely';
import { AkashiError } from '#domain/error.ts';
import type { Database } from '#platform/database/database.ts';
import type { PrintSecrets, TicketSecrets } from './print-secrets.ts';
import type { PrintJobRow } from './print-store.ts';

const NOTHING = Buffer.alloc(0);

/** Erases numbers and PINs under which nothing has been printed since an instant; returns how many. */
export const eraseOldTickets = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const old = db.updateTable('print_job').set({ secrets: NOTHING }).where('finished_at', '<', before);
  return Number((await old.where('secrets', '<>', sql<Buffer>`''::bytea`).executeTakeFirst()).numUpdatedRows);
};

/** Whether a job's number and PIN have been erased: it cannot be printed under them any more. */
export const isErased = (job: PrintJobRow): boolean => job.secrets.length === 0;

/** A job's number and PIN; throws `wrong-state` where they have been erased. */
export const openTicket = (secrets: PrintSecrets, job: PrintJobRow): TicketSecrets => {
  if (isErased(job)) throw new AkashiError('wrong-state', { ticket: 'erased' });
  return secrets.open(job.id, job.secrets);
};
