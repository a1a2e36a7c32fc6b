import { AkashiError } from '#domain/error.ts';
import { ORDER_NUMBER_BYTES, orderNumberOf } from '#domain/order/order-number.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import type { NewCorrection } from './corrections-store.ts';
import { insertCorrection, listOpenCorrections, lockAccount } from './corrections-store.ts';
import { receivedMail } from './mails/correction-mails.ts';

export type CorrectionDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
};

/** More than anybody has use for; enough to keep a desk from being flooded. */
const MOST_OPEN = 5;

/**
 * Opens a correction request and confirms it by mail; returns its number. The draft is not touched. The same words
 * said twice are one request. Throws `too-many-requests` when five of the account are waiting for an answer.
 */
export const requestCorrection = async (
  { db, clock, randomBytes }: CorrectionDependencies,
  wanted: Omit<NewCorrection, 'requestNumber' | 'at'>,
): Promise<string> =>
  transaction(db, async (tx) => {
    const address = await lockAccount(tx, wanted.accountId);
    const open = await listOpenCorrections(tx, wanted.accountId);
    const same = open.find(({ matter, details }) => matter === wanted.matter && details === wanted.details);
    if (same !== undefined) return same.requestNumber;
    if (open.length >= MOST_OPEN) throw new AkashiError('too-many-requests');
    const at = clock.now();
    const requestNumber = orderNumberOf(randomBytes(ORDER_NUMBER_BYTES));
    const id = await insertCorrection(tx, { ...wanted, requestNumber, at });
    await recordEvent(tx, {
      at,
      type: 'correction.requested',
      subject: `correction:${id}`,
      actor: `account:${wanted.accountId}`,
      data: { matter: wanted.matter, requestNumber },
    });
    if (address !== null) {
      const mail = receivedMail({ ...wanted, requestNumber });
      await queueMail(tx, clock, { to: address, ...mail, kind: 'correction-received', reference: id });
    }
    return requestNumber;
  });
