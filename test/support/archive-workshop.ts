import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TimestampAuthority } from '#dev/timestamp-authority/timestamp-authority.ts';
import { startTimestampAuthority } from '#dev/timestamp-authority/timestamp-authority.ts';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import type { ArchiveTools } from '#features/issuance/archive/extend-document.ts';
import { createRevocationLists } from '#features/issuance/archive/revocation-lists.ts';
import { createTimestampClient } from '#features/issuance/archive/timestamp-client.ts';
import { makeDocument, typesetSealed } from '#features/issuance/make-document.ts';
import { prepareDocument } from '#features/issuance/sign/sign-document.ts';
import { openTypesetter } from '#features/issuance/typeset/typesetter.ts';
import type { Clock } from '#platform/clock.ts';
import type { RevokedCertificate } from '#platform/keys/development-lists.ts';
import { developmentLists } from '#platform/keys/development-lists.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import type { IssuanceKeys } from '#platform/keys/key-holder.ts';

export const HOST = 'verify.example.ac.jp';

/** Everything a document needs from record to long-term signature: keys, typesetter, timestamp authority. */
export type ArchiveWorkshop = {
  readonly clock: Clock;
  readonly folder: string;
  readonly keys: IssuanceKeys;
  readonly authority: TimestampAuthority;
  readonly tools: ArchiveTools;
  /** Tools whose revocation lists name these certificates. */
  readonly toolsWith: (revoked: readonly RevokedCertificate[]) => ArchiveTools;
  /** A certificate of the record, signed B-B at the clock's time. */
  readonly make: (record: CertificateRecord) => Promise<Uint8Array>;
  /** The same, before it is signed. */
  readonly makeUnsigned: (record: CertificateRecord) => Promise<Uint8Array>;
};

export const withArchiveWorkshop = async <T>(
  clock: Clock,
  work: (workshop: ArchiveWorkshop) => Promise<T>,
  years = 10,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'akashi-archive-'));
  const keyFolder = join(folder, 'keys');
  const keys = await openFileKeys(keyFolder, { now: clock.now(), university: 'Akatsuki University' });
  const authority = await startTimestampAuthority({ port: 0, dataFolder: folder, clock, years });
  const typesetter = openTypesetter({ universityFolder: resolve('config/demo') });
  const { url, policy, root } = authority;
  const toolsWith = (revoked: readonly RevokedCertificate[]): ArchiveTools => ({
    clock,
    signerRoots: async () => keys.document.chain.slice(-1),
    timestampRoots: [root],
    requestTimestamp: createTimestampClient({
      service: { url, policy, roots: [root] },
      clock,
      randomBytes,
      timeoutMilliseconds: 60_000,
    }),
    revocationLists: createRevocationLists(() => developmentLists(keyFolder, clock.now(), revoked)),
  });
  const dated = (record: CertificateRecord) => ({ ...record, issuedAt: clock.now().toString() });
  const makeWhole = (record: CertificateRecord) =>
    makeDocument({ record: dated(record), typesetter, keys, verificationHost: HOST });
  const makeUnsigned = async (record: CertificateRecord): Promise<Uint8Array> => {
    const { seals } = await makeWhole(record);
    const sealed = { record: dated(record), typesetter, seals, verificationHost: HOST };
    const { pdf } = await typesetSealed(sealed);
    return (await prepareDocument(pdf, dated(record))).save({ incremental: true });
  };
  const make = async (record: CertificateRecord) => (await makeWhole(record)).pdf;
  try {
    return await work({
      clock,
      folder,
      keys,
      authority,
      tools: toolsWith([]),
      toolsWith,
      make,
      makeUnsigned,
    });
  } finally {
    typesetter.close();
    await authority.close();
    await rm(folder, { recursive: true, force: true });
  }
};
