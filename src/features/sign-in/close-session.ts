import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { Session } from './session-store.ts';
import { endSessionOf } from './session-store.ts';

/** Ends one of the person's own sessions, this browser's or another's; false when it is not theirs or has ended. */
export const closeSession = async (
  { db, clock }: { db: Database; clock: Clock },
  session: Session,
  sessionId: string,
): Promise<boolean> => {
  const at = clock.now();
  const subject = `account:${session.accountId}`;
  return transaction(db, async (tx) => {
    if (!(await endSessionOf(tx, session.accountId, sessionId, at))) return false;
    const data = { here: sessionId === session.id };
    await recordEvent(tx, { at, type: 'session.closed', subject, actor: subject, data });
    return true;
  });
};
