import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { tokyoDate } from '#domain/dates.ts';
import type { SealClaims } from '#domain/seal/claim-fields.ts';
import type { IssueLeaf } from '#domain/transparency/leaf.ts';
import { commitmentOf } from '#domain/transparency/leaf.ts';
import type { IssuedCertificate } from './issuance-store.ts';

/** A record with the instant of its leaf. The first impression's day is the date of issue; later ones keep it. */
export const datedRecord = (record: CertificateRecord, at: Temporal.Instant): CertificateRecord => ({
  ...record,
  issuedAt: at.toString(),
  issueDate: record.impression === 1 ? tokyoDate(at).toString() : record.issueDate,
});

/** The leaf of an impression whose pages make these claims, entered at that instant. */
export const issueLeaf = async (
  { record, salt }: Pick<IssuedCertificate, 'record' | 'salt'>,
  claims: readonly SealClaims[],
  at: Temporal.Instant,
): Promise<IssueLeaf> => {
  const { serial, impression, snapshot, issueDate } = datedRecord(record, at);
  const commitments = claims.map((page) => commitmentOf({ ...page, issueDate }, salt));
  return {
    kind: 'issue',
    serial,
    impression,
    type: snapshot.certificateType,
    at: Math.floor(at.epochMilliseconds / 1000),
    date: issueDate,
    commitments: await Promise.all(commitments),
  };
};
