import type { SealKey } from '#domain/seal/judge-seal.ts';
import { judgeSeal } from '#domain/seal/judge-seal.ts';
import { checkCodeOf, encodeDigits } from '#domain/seal/seal.ts';
import { canonicalCode, openRecord } from '#domain/seal/typed-record.ts';
import type { LogKeys } from '#domain/transparency/check-logged.ts';
import { checkLogged } from '#domain/transparency/check-logged.ts';
import { logInDatabase } from '#features/transparency-log/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { VerdictFinding } from '#ui/components/verdict-report.tsx';
import { LARGEST_BUCKET } from './bucket.ts';
import { readStatusList } from './read-status-list.ts';
import { readBucket } from './typed-record-store.ts';

export type TypedAnswer =
  | { readonly state: 'missing' | 'unknown' }
  | { readonly state: 'found'; readonly finding: VerdictFinding };

type Dependencies = {
  readonly db: Database;
  readonly host: string;
  readonly sealKeys: readonly SealKey[];
  readonly logKeys: LogKeys;
  readonly now: Temporal.Instant;
};

/** For readers without script: what the page would find out by itself, found out here. Nothing of it is recorded. */
export const judgeTyped = async (
  { db, host, sealKeys, logKeys, now }: Dependencies,
  typed: { serial: string; checkCode: string },
): Promise<TypedAnswer> => {
  const serial = canonicalCode(typed.serial);
  const checkCode = canonicalCode(typed.checkCode);
  if (serial === '' || checkCode === '') return { state: 'missing' };
  if (serial === null || checkCode === null) return { state: 'unknown' };
  const records = await readBucket(db, serial.replaceAll('-', ''), LARGEST_BUCKET);
  const seal = await openRecord(serial, checkCode, records);
  if (seal === null) return { state: 'unknown' };
  const options = { host, keys: sealKeys, statusList: await readStatusList(db, serial) };
  const verdict = await judgeSeal(encodeDigits(seal), options);
  const seconds = Math.floor(now.epochMilliseconds / 1000);
  const log =
    verdict.claims === null ? null : await checkLogged(verdict.claims, logInDatabase(db), logKeys, seconds);
  const unknown = log?.state === 'missing' && verdict.word === 'valid';
  const finding: VerdictFinding = {
    verdict: unknown ? { ...verdict, word: 'cannot-tell', reason: 'not-logged' } : verdict,
    log,
    pdf: null,
    checkedAt: now.toString(),
    statusAt: now.toString(),
    checkCode: await checkCodeOf(seal),
  };
  return { state: 'found', finding };
};
