import { recordEvent } from '#platform/audit/audit.ts';
import { hashToken } from '#platform/crypto/token.ts';
import { transaction } from '#platform/database/database.ts';
import { lockAddress, setAddress, voidOpenRequests } from './mail-address-store.ts';
import type { MailAddressDependencies } from './request-address.ts';
import { undoByToken, useUndo } from './undo-store.ts';

/** The address an undo link would bring back, or null when it is unknown, used or lapsed. Reads only. */
export const readUndo = async (
  { db, clock }: MailAddressDependencies,
  token: string,
): Promise<string | null> => {
  const undo = await undoByToken(db, hashToken(token));
  if (undo === undefined || undo.used_at !== null) return null;
  return Temporal.Instant.compare(undo.expires_at, clock.now()) > 0 ? undo.old_address : null;
};

/** Brings the former address back and voids what is pending; true when this call did it. */
export const undoChange = ({ db, clock }: MailAddressDependencies, token: string): Promise<boolean> =>
  transaction(db, async (tx) => {
    const now = clock.now();
    const undo = await useUndo(tx, hashToken(token), now);
    if (undo === undefined) return false;
    const before = await lockAddress(tx, undo.account_id);
    await voidOpenRequests(tx, undo.account_id, { at: now, by: 'undo' });
    await setAddress(tx, undo.account_id, undo.old_address, now);
    const subject = `account:${undo.account_id}`;
    await recordEvent(tx, {
      at: now,
      type: 'mail-address.change-undone',
      subject,
      actor: 'former-address',
      data: {},
      personal: { before, after: undo.old_address },
    });
    return true;
  });
