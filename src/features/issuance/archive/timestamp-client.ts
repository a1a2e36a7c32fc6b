import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { ownBytes, sameBytes } from '#domain/bytes.ts';
import { AkashiError } from '#domain/error.ts';
import { checkPath, readCertificate } from '#domain/signed-pdf/certificate-path.ts';
import { openTimestamp } from '#domain/signed-pdf/timestamp-token.ts';
import type { Clock } from '#platform/clock.ts';

/** A timestamp authority as the university chose it. */
export type TimestampService = {
  readonly url: string;
  /** The policy asked for and demanded back, as an object identifier; null takes the authority's own. */
  readonly policy: string | null;
  /** DER; the token's chain must end in one of these. */
  readonly roots: readonly Uint8Array[];
};

export type TimestampClientOptions = {
  readonly service: TimestampService;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly timeoutMilliseconds?: number;
};

/** SHA-256 digest in, token out: the DER of a CMS that has passed every check of ours. */
export type RequestTimestamp = (digest: Uint8Array) => Promise<Uint8Array>;

const SHA256 = '2.16.840.1.101.3.4.2.1';
const TIMEOUT_MILLISECONDS = 15_000;
const LARGEST_ANSWER = 65_536;
/** How far the authority's clock and ours may stand apart. */
const TOLERANCE = Temporal.Duration.from({ minutes: 5 });

const refuse = (timestamp: string): never => {
  throw new AkashiError('unavailable', { timestamp });
};

const queryOf = (digest: Uint8Array, nonce: Uint8Array, policy: string | null): ArrayBuffer =>
  new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256 }),
      hashedMessage: new asn1js.OctetString({ valueHex: ownBytes(digest).buffer }),
    }),
    ...(policy === null ? {} : { reqPolicy: policy }),
    nonce: new asn1js.Integer({ valueHex: ownBytes(nonce).buffer }),
    certReq: true,
  })
    .toSchema()
    .toBER();

const post = async (url: string, body: ArrayBuffer, timeout: number): Promise<Uint8Array> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    if (!response.ok) return refuse(`answered ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length > LARGEST_ANSWER ? refuse('answer too long') : bytes;
  } catch (error) {
    if (error instanceof AkashiError) throw error;
    return refuse((error as Error).name === 'TimeoutError' ? 'no answer in time' : 'not reachable');
  }
};

/** The token of an answer, byte for byte as it came: encoding it anew might not be DER any more. */
const tokenOf = (answer: Uint8Array): Uint8Array => {
  const { result } = asn1js.fromBER(ownBytes(answer).buffer);
  if (!(result instanceof asn1js.Sequence)) return refuse('answer malformed');
  const [status, token] = result.valueBlock.value;
  const granted = status instanceof asn1js.Sequence ? status.valueBlock.value[0] : undefined;
  if (!(granted instanceof asn1js.Integer)) return refuse('answer malformed');
  const code = granted.valueBlock.valueDec;
  if (code > 1 || token === undefined) return refuse(`refused with status ${code}`);
  return new Uint8Array(token.valueBeforeDecodeView);
};

/**
 * A client of one timestamp authority (RFC 3161 §2.4.2): what it answers is used only when imprint, nonce, policy and
 * chain are right and its time is within five minutes of ours. Throws `unavailable` with the reason otherwise.
 */
export const createTimestampClient = (options: TimestampClientOptions): RequestTimestamp => {
  const { service, clock, randomBytes, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options;
  const roots = service.roots.map(readCertificate);
  return async (digest) => {
    const nonce = Uint8Array.from(randomBytes(16));
    nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40; // positive, and without zeros in front
    const token = tokenOf(
      await post(service.url, queryOf(digest, nonce, service.policy), timeoutMilliseconds),
    );
    const opened = await openTimestamp(token, digest);
    if (!opened.ok) return refuse(`token: ${opened.problem}`);
    if (opened.nonce === null || !sameBytes(opened.nonce, nonce)) return refuse('token: nonce');
    if (service.policy !== null && opened.policy !== service.policy) return refuse('token: policy');
    const at = clock.now();
    const path = await checkPath(opened.signer, { pool: opened.certificates, roots, lists: [], at });
    if (!path.ok) return refuse(`authority: ${path.problem}`);
    const apart = opened.time.since(at).abs();
    if (Temporal.Duration.compare(apart, TOLERANCE) > 0) return refuse('token: time');
    return token;
  };
};
