import { createHash } from 'node:crypto';
import type { Database } from '#platform/database/database.ts';
import { addAttempt, earliestOf, lockAttempts } from './attempt-store.ts';

type Limit = { readonly most: number; readonly within: Temporal.DurationLike };

const ACCOUNT = 'mail-address-account';
const TARGET = 'mail-address-target';

/** A campus shares one network address on orientation day, so nothing here counts by network: all are signed in. */
const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  [ACCOUNT]: [
    { most: 1, within: { seconds: 60 } },
    { most: 5, within: { hours: 1 } },
    { most: 10, within: { hours: 24 } },
  ],
  [TARGET]: [{ most: 5, within: { hours: 1 } }],
};

/** The target as a hash: the table of attempts holds no addresses. */
const targetKey = (address: string): string =>
  createHash('sha256').update(address.toLowerCase()).digest('hex');

/**
 * Counts a request against the account and its target, in the caller's transaction; returns null when it may go on,
 * else the instant from which it may. The account's row is locked already; the target needs its own lock.
 */
export const countRequest = async (
  tx: Database,
  { accountId, address, now }: { accountId: string; address: string; now: Temporal.Instant },
): Promise<Temporal.Instant | null> => {
  const keys = [
    { kind: ACCOUNT, key: accountId },
    { kind: TARGET, key: targetKey(address) },
  ];
  await lockAttempts(tx, targetKey(address));
  let until: Temporal.Instant | null = null;
  for (const { kind, key } of keys) {
    for (const { most, within } of LIMITS[kind] ?? []) {
      const earliest = await earliestOf(tx, { kind, key, since: now.subtract(within), most });
      const free = earliest?.add(within);
      if (free !== undefined && (until === null || Temporal.Instant.compare(free, until) > 0)) until = free;
    }
  }
  if (until === null) for (const { kind, key } of keys) await addAttempt(tx, { kind, key, at: now });
  return until;
};
