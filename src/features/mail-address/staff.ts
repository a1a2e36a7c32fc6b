import { AkashiError } from '#domain/error.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { mailState } from '#platform/mail/outbox.ts';
import { readAddressHealth } from './address-health-store.ts';
import { accountByPrincipal, latestRequest, lockAddress, voidOpenRequests } from './mail-address-store.ts';
import { CONFIRMATION_MAIL } from './request-address.ts';
import { hasOpenUndo } from './undo-store.ts';

/** Staff who looks or cancels, and why; both are kept in the audit trail. */
export type StaffReason = { readonly by: string; readonly reason: string };

export type StaffView = {
  readonly address: string | null;
  readonly bouncedAt: string | null;
  readonly bounceStatus: string | null;
  readonly undoOpen: boolean;
  readonly pending: {
    readonly address: string;
    readonly purpose: 'register' | 'change';
    readonly requestedAt: string;
    readonly worksUntil: string;
    readonly delivery: 'queued' | 'sent' | 'refused';
  } | null;
};

type StaffDependencies = { readonly db: Database; readonly clock: Clock };

const findAccount = async (db: Database, principalName: string): Promise<string> => {
  const accountId = await accountByPrincipal(db, principalName);
  if (accountId === null) throw new AkashiError('not-found', { what: 'account' });
  return accountId;
};

/** An account's address and what is pending; that somebody looked is an audit event. Throws `not-found`. */
export const showAddress = async (
  { db, clock }: StaffDependencies,
  principalName: string,
  { by, reason }: StaffReason,
): Promise<StaffView> => {
  const accountId = await findAccount(db, principalName);
  const now = clock.now();
  const subject = `account:${accountId}`;
  await recordEvent(db, {
    at: now,
    type: 'mail-address.shown',
    subject,
    actor: `staff:${by}`,
    data: { reason },
  });
  const health = await readAddressHealth(db, accountId);
  const request = await latestRequest(db, accountId);
  const isPending =
    request !== null &&
    request.usedAt === null &&
    request.voidedAt === null &&
    Temporal.Instant.compare(request.expiresAt, now) > 0;
  return {
    address: health.address,
    bouncedAt: health.bouncedAt?.toString() ?? null,
    bounceStatus: health.bounceStatus,
    undoOpen: await hasOpenUndo(db, accountId, now),
    pending: isPending
      ? {
          address: request.address,
          purpose: request.purpose,
          requestedAt: request.requestedAt.toString(),
          worksUntil: request.expiresAt.toString(),
          delivery: (await mailState(db, CONFIRMATION_MAIL, request.id))?.state ?? 'queued',
        }
      : null,
  };
};

/** Voids what is pending; the address in force stays. Returns false when nothing was pending. Throws `not-found`. */
export const cancelRequest = ({ db, clock }: StaffDependencies, principalName: string, why: StaffReason) =>
  transaction(db, async (tx): Promise<boolean> => {
    const accountId = await findAccount(tx, principalName);
    const at = clock.now();
    await lockAddress(tx, accountId);
    const voided = await voidOpenRequests(tx, accountId, { at, by: 'staff' });
    if (voided === null) return false;
    await recordEvent(tx, {
      at,
      type: 'mail-address.cancelled',
      subject: `account:${accountId}`,
      actor: `staff:${why.by}`,
      data: { requestId: voided.id, reason: why.reason },
      personal: { pending: voided.address },
    });
    return true;
  });
