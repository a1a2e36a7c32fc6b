import type { WithdrawalLeaf } from '#domain/transparency/leaf.ts';
import { readCertificate } from './issuance-store.ts';
import type { IssueDependencies } from './issue-dependencies.ts';
import { listSerial } from './status-store.ts';

/**
 * The job `log-withdrawal`: enters into the log that an impression is not valid any more; the status list is made from
 * such leaves. One that never stood in the log was never sealed, and nobody can hold it.
 */
export const logWithdrawal = async (
  { db, log }: Pick<IssueDependencies, 'db' | 'log'>,
  certificateId: string,
): Promise<void> => {
  const { record, status } = await readCertificate(db, certificateId);
  const { serial, impression } = record;
  if (status === 'valid' || (await log.find({ kind: 'issue', serial, impression })) === null) return;
  const known = (await listSerial(db, serial)).find((one) => one.impression === impression);
  const kind = status === 'void' ? 'void' : 'supersede';
  const build = async (at: Temporal.Instant): Promise<WithdrawalLeaf> => ({
    kind,
    serial,
    impression,
    reason: known?.reason ?? 'other',
    at: Math.floor(at.epochMilliseconds / 1000),
  });
  await log.append({ kind, serial, impression, build });
};
