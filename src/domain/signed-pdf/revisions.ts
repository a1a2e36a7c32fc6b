import type { PDF } from '@libpdf/core';
import { PdfArray, PdfName, PdfNumber, PdfString } from '@libpdf/core';
import { toHex } from '../bytes.ts';

/** A signature or document timestamp, and what it covers. */
export type SignedRange = {
  readonly kind: 'signature' | 'timestamp';
  readonly fieldName: string;
  /** The CMS as it lies in the file, zeros at its end included. */
  readonly contents: Uint8Array;
  /** The covered bytes: all from the start of the file to `end` but the place of `contents` itself. */
  readonly covered: Uint8Array;
  readonly end: number;
};

const KINDS: Readonly<Record<string, SignedRange['kind']>> = {
  'ETSI.CAdES.detached': 'signature',
  'ETSI.RFC3161': 'timestamp',
};
const OPEN = 0x3c;
const CLOSE = 0x3e;

/** Throws RangeError unless the four numbers leave out exactly the hexadecimal string `contents`. */
const readRange = (
  bytes: Uint8Array,
  numbers: readonly number[],
  contents: Uint8Array,
): Pick<SignedRange, 'covered' | 'end'> => {
  const [start, length, after, rest] = numbers;
  if (numbers.length !== 4 || start === undefined || length === undefined) throw new RangeError('byte range');
  if (after === undefined || rest === undefined) throw new RangeError('byte range');
  const end = after + rest;
  if (start !== 0 || length <= 0 || after <= length || rest <= 0 || end > bytes.length)
    throw new RangeError('byte range');
  if (bytes[length] !== OPEN || bytes[after - 1] !== CLOSE) throw new RangeError('place of the signature');
  const hex = new TextDecoder('latin1').decode(bytes.subarray(length + 1, after - 1)).toLowerCase();
  if (hex !== toHex(contents)) throw new RangeError('place of the signature');
  const covered = new Uint8Array(length + rest);
  covered.set(bytes.subarray(0, length));
  covered.set(bytes.subarray(after, end), length);
  return { covered, end };
};

/**
 * Every signature and document timestamp of a file, in the order in which they were added. Throws RangeError when one
 * is of another kind, or leaves out more of the file than its own place (ISO 32000-2 §12.8.1).
 */
export const listSignedRanges = (document: PDF, bytes: Uint8Array): SignedRange[] => {
  const fields = document.getForm()?.getSignatureFields() ?? [];
  const ranges = fields.flatMap((field): SignedRange[] => {
    if (!field.isSigned()) return [];
    const dictionary = field.getSignatureDict();
    const contents = dictionary?.get('Contents');
    const range = dictionary?.get('ByteRange');
    const filter = dictionary?.get('SubFilter');
    const kind = filter instanceof PdfName ? KINDS[filter.value] : undefined;
    if (!(contents instanceof PdfString) || !(range instanceof PdfArray) || kind === undefined)
      throw new RangeError('signature dictionary');
    const numbers = [...range].map((one) => (one instanceof PdfNumber ? one.value : Number.NaN));
    const place = readRange(bytes, numbers, contents.bytes);
    return [{ kind, fieldName: field.name, contents: contents.bytes, ...place }];
  });
  return ranges.toSorted((a, b) => a.end - b.end);
};
