import type { Database } from '#platform/database/database.ts';

export type AddressHealth = {
  readonly address: string | null;
  /** Since when mail to it comes back, and the RFC 3463 status that the last report gave. */
  readonly bouncedAt: Temporal.Instant | null;
  readonly bounceStatus: string | null;
  readonly askedUntil: Temporal.Instant | null;
};

export const readAddressHealth = async (db: Database, accountId: string): Promise<AddressHealth> => {
  const row = await db
    .selectFrom('account')
    .select(['mail_address', 'mail_bounced_at', 'mail_bounce_status', 'private_address_asked_until'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return {
    address: row.mail_address,
    bouncedAt: row.mail_bounced_at,
    bounceStatus: row.mail_bounce_status,
    askedUntil: row.private_address_asked_until,
  };
};

/**
 * Marks every account whose address in force it is. One confirmed again after the mail was queued is left alone: the
 * report tells of an older time. Returns the accounts that were not marked before.
 */
export const markBounced = async (
  tx: Database,
  bounce: { address: string; status: string; queuedAt: Temporal.Instant; at: Temporal.Instant },
): Promise<string[]> => {
  const rows = await tx
    .updateTable('account')
    .set({ mail_bounced_at: bounce.at, mail_bounce_status: bounce.status })
    .where('mail_address', '=', bounce.address)
    .where('mail_verified_at', '<=', bounce.queuedAt)
    .where('mail_bounced_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
};

export const askPrivateAddressLater = async (
  db: Database,
  accountId: string,
  until: Temporal.Instant,
): Promise<void> => {
  await db
    .updateTable('account')
    .set({ private_address_asked_until: until })
    .where('id', '=', accountId)
    .execute();
};
