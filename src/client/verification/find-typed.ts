import { encodeDigits } from '#domain/seal/seal.ts';
import type { TypedRecord } from '#domain/seal/typed-record.ts';
import { canonicalCode, openRecord } from '#domain/seal/typed-record.ts';
import type { VerificationPageData } from './page-data.ts';

export type TypedAnswer =
  | { readonly found: string }
  | { readonly problem: 'missing' | 'unknown' | 'noNetwork' | 'tooMany' };

/**
 * The digits of the seal for what was typed. The request names a bucket of serials, never one of them; the record
 * inside opens only with the check code, on this device.
 */
export const findTyped = async (
  typed: { serial: string; checkCode: string },
  { recordsUrl, recordPrefix }: VerificationPageData,
): Promise<TypedAnswer> => {
  const serial = canonicalCode(typed.serial);
  const checkCode = canonicalCode(typed.checkCode);
  if (serial === '' || checkCode === '') return { problem: 'missing' };
  if (serial === null || checkCode === null) return { problem: 'unknown' };
  const bucket = serial.replaceAll('-', '').slice(0, recordPrefix) || '-';
  let response: Response;
  try {
    response = await fetch(`${recordsUrl}/${bucket}`, { credentials: 'omit' });
  } catch {
    return { problem: 'noNetwork' };
  }
  if (response.status === 429) return { problem: 'tooMany' };
  if (!response.ok) return { problem: 'unknown' };
  const seal = await openRecord(serial, checkCode, (await response.json()) as TypedRecord[]);
  return seal === null ? { problem: 'unknown' } : { found: encodeDigits(seal) };
};
