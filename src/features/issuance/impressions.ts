import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import type { WithdrawalReason } from '#domain/certificate/withdrawal.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { forgetDocument } from './document-key-store.ts';
import type { IssuedCertificate } from './issuance-store.ts';
import { lockCertificate, reserveCertificate } from './issuance-store.ts';
import type { IssueDependencies } from './issue-dependencies.ts';
import { withdrawImpression } from './status-store.ts';

type ReserveRequest = Pick<IssuedCertificate, 'orderId' | 'orderLineId' | 'copy' | 'record'>;

/** Reserves an impression under its serial, with its event. */
export const reserveImpression = async (
  tx: DatabaseTransaction,
  { clock }: Pick<IssueDependencies, 'clock'>,
  { orderId, orderLineId, copy, record }: ReserveRequest,
): Promise<string> => {
  const at = clock.now();
  const id = await reserveCertificate(tx, { orderId, orderLineId, copy, record, at });
  const { serial, impression, certificateNumber: number } = record;
  const subject = `order:${orderId}`;
  const data = { serial, impression, number };
  await recordEvent(tx, { at, type: 'certificate.reserved', subject, actor: 'system', data });
  return id;
};

/**
 * Voids an impression that may be on paper and reserves the next of its serial, in one transaction: the old seal is void
 * before the new one is signed. Serial, number, content and issue date stay. Null when the serial has been withdrawn:
 * nothing of it is printed again.
 */
export const renewImpression = async (
  tx: DatabaseTransaction,
  { clock }: Pick<IssueDependencies, 'clock'>,
  certificateId: string,
  reason: Extract<WithdrawalReason, 'reprinted' | 'never-released'>,
): Promise<string | null> => {
  const old = await lockCertificate(tx, certificateId);
  if (old.status !== 'valid') return null;
  const at = clock.now();
  await withdrawImpression(tx, certificateId, 'void', { reason, at });
  await forgetDocument(tx, certificateId);
  const { serial, impression } = old.record;
  const subject = `order:${old.orderId}`;
  const data = { serial, impression, status: 'void', reason };
  await recordEvent(tx, { at, type: 'certificate.withdrawn', subject, actor: 'system', data });
  const record: CertificateRecord = { ...old.record, impression: impression + 1, issuedAt: at.toString() };
  return reserveImpression(tx, { clock }, { ...old, record });
};
