import { recordEvent } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { Halt } from './halt-store.ts';
import { readHalt, saveHalt } from './halt-store.ts';

/**
 * Stops or starts issuing in every process at once: each reads the row with every commit of its steps, so that nothing
 * begins after the halt and what runs ends at the next of them. What is already made can still be printed; verification
 * and sign-in do not look at it. Starting again looks for what waits.
 */
export const setHalt = (
  db: Database,
  { halted, by, reason, at }: Halt & { at: Temporal.Instant },
): Promise<void> =>
  transaction(db, async (tx) => {
    await saveHalt(tx, { halted, by, reason, since: at });
    const type = halted ? 'issuance.halted' : 'issuance.resumed';
    await recordEvent(tx, { at, type, subject: 'issuance', actor: by, data: { reason } });
    if (!halted) await addJob(tx, 'sweep-issuing', {}, { key: 'sweep-issuing' });
  });

/** Whether nothing may be issued now. */
export const isHalted = async (db: Database): Promise<boolean> => (await readHalt(db))?.halted ?? false;
