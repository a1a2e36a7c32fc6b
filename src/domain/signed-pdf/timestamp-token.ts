import * as pkijs from 'pkijs';
import { purposesOf } from './certificate-path.ts';
import type { OpenedSignedData, SignedDataProblem } from './signed-data.ts';
import { openSignedData } from './signed-data.ts';

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const SHA256 = '2.16.840.1.101.3.4.2.1';

/** What a timestamp authority attested: that the bytes existed at `time`. */
export type OpenedTimestamp = OpenedSignedData & {
  readonly time: Temporal.Instant;
  readonly policy: string;
  /** Unsigned, big-endian, without leading zeros; null when the request carried none. */
  readonly nonce: Uint8Array | null;
};
export type TimestampResult =
  | ({ readonly ok: true } & OpenedTimestamp)
  | { readonly ok: false; readonly problem: SignedDataProblem | 'imprint' | 'purpose' };

const withoutZeros = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? new Uint8Array() : bytes.slice(first);
};

/**
 * Opens a timestamp token (RFC 3161 §2.4.2) over `imprint`, SHA-256 of the bytes attested: signature, imprint, and that
 * the signer's certificate is for timestamping and nothing else (§2.3).
 */
export const openTimestamp = async (token: Uint8Array, imprint: Uint8Array): Promise<TimestampResult> => {
  const opened = await openSignedData(token, null);
  if (!opened.ok) return opened;
  const no = (problem: 'malformed' | 'imprint' | 'purpose') => ({ ok: false as const, problem });
  try {
    const information = pkijs.TSTInfo.fromBER(new Uint8Array(opened.content ?? []).buffer);
    const { hashAlgorithm, hashedMessage } = information.messageImprint;
    const hashed = hashedMessage.valueBlock.valueHexView;
    if (hashAlgorithm.algorithmId !== SHA256 || hashed.length !== imprint.length) return no('imprint');
    if (!hashed.every((byte, index) => byte === imprint[index])) return no('imprint');
    const purposes = purposesOf(opened.signer.certificate);
    if (purposes?.length !== 1 || purposes[0] !== TIME_STAMPING) return no('purpose');
    return {
      ...opened,
      time: Temporal.Instant.fromEpochMilliseconds(information.genTime.getTime()),
      policy: information.policy,
      nonce: information.nonce === undefined ? null : withoutZeros(information.nonce.valueBlock.valueHexView),
    };
  } catch {
    return no('malformed');
  }
};
