import { checkCodeOf } from '#domain/seal/seal.ts';
import { lockRecord } from '#domain/seal/typed-record.ts';
import { listSeals } from '#features/issuance/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { keepRecords } from './typed-record-store.ts';

/** Locks the seals of one impression under their check codes and publishes them. */
const publishRecords = async (db: Database, certificateId: string): Promise<void> => {
  const seals = await listSeals(db, certificateId);
  const records = seals.map(async ({ serial, impression, page, seal }) => ({
    serial,
    impression,
    page,
    ...(await lockRecord(serial, await checkCodeOf(seal), seal)),
  }));
  await keepRecords(db, await Promise.all(records));
};

/** `publish-typed-records` is added by issuance when an impression is registered. */
export const verificationJobs = ({ db }: { readonly db: Database }): JobHandlers => ({
  'publish-typed-records': ({ certificateId = '' }) => publishRecords(db, certificateId),
});
