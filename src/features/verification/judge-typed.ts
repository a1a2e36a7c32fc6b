import type { SealKey, Verdict } from '#domain/seal/judge-seal.ts';
import { judgeSeal } from '#domain/seal/judge-seal.ts';
import { checkCodeOf, encodeDigits } from '#domain/seal/seal.ts';
import { canonicalCode, openRecord } from '#domain/seal/typed-record.ts';
import { listWithdrawn } from '#features/issuance/index.ts';
import type { Database } from '#platform/database/database.ts';
import { LARGEST_BUCKET } from './bucket.ts';
import { readBucket } from './typed-record-store.ts';

export type TypedAnswer =
  | { readonly state: 'missing' | 'unknown' }
  | { readonly state: 'found'; readonly verdict: Verdict; readonly checkCode: string; readonly at: string };

type Dependencies = {
  readonly db: Database;
  readonly host: string;
  readonly sealKeys: readonly SealKey[];
  readonly now: Temporal.Instant;
};

/** For readers without script: what the page would find out by itself, found out here. Nothing of it is recorded. */
export const judgeTyped = async (
  { db, host, sealKeys, now }: Dependencies,
  typed: { serial: string; checkCode: string },
): Promise<TypedAnswer> => {
  const serial = canonicalCode(typed.serial);
  const checkCode = canonicalCode(typed.checkCode);
  if (serial === '' || checkCode === '') return { state: 'missing' };
  if (serial === null || checkCode === null) return { state: 'unknown' };
  const records = await readBucket(db, serial.replaceAll('-', ''), LARGEST_BUCKET);
  const seal = await openRecord(serial, checkCode, records);
  if (seal === null) return { state: 'unknown' };
  const withdrawn = await listWithdrawn(db);
  const statusList = withdrawn.map(({ status, since, ...one }) => ({
    ...one,
    state: status,
    since: since.toString(),
  }));
  const verdict = await judgeSeal(encodeDigits(seal), { host, keys: sealKeys, statusList });
  return { state: 'found', verdict, checkCode: await checkCodeOf(seal), at: now.toString() };
};
