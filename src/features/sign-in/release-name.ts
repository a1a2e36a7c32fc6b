import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { findAccount, retireName } from './account-store.ts';

export type ReleasedName = {
  readonly identityProvider: string;
  readonly principalName: string;
  /** Who decided, and why. */
  readonly by: string;
  readonly reason: string;
};

/**
 * Gives a reassigned user name to its new owner: the account that had it keeps its orders under a name that nobody can
 * sign in with, its sessions end, and the next sign-in under the name opens a new account. False: nobody had the name.
 */
export const releaseName = (
  { db, clock }: { db: Database; clock: Clock },
  { identityProvider, principalName, by, reason }: ReleasedName,
): Promise<boolean> =>
  transaction(db, async (tx) => {
    const account = await findAccount(tx, { identityProvider, principalName });
    if (account === null) return false;
    const at = clock.now();
    await retireName(tx, account.id, at);
    const subject = `account:${account.id}`;
    await recordEvent(tx, { at, type: 'account.name-released', subject, actor: by, data: { reason } });
    return true;
  });
