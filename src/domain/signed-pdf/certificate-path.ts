import * as pkijs from 'pkijs';
import { ownBytes, toBase64 } from '../bytes.ts';

/** A certificate or revocation list as it came, with what was read from it. */
export type ReadCertificate = { readonly der: Uint8Array; readonly certificate: pkijs.Certificate };

export type PathProblem =
  | 'issuer-unknown'
  | 'not-yet-valid'
  | 'expired'
  | 'not-an-authority'
  | 'extension-unknown'
  | 'revoked'
  | 'too-long';

/** `revocation` is `unknown` where no revocation list of an issuer in the path was at hand. */
export type PathResult =
  | { readonly ok: true; readonly revocation: 'good' | 'unknown' }
  | { readonly ok: false; readonly problem: PathProblem; readonly since?: Temporal.Instant };

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';
/** Critical extensions we act on; a certificate with another one is refused (RFC 5280 §4.2). */
const KNOWN = [BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE];
const LONGEST = 6;

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
const instant = (time: pkijs.Time): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(time.value.getTime());
const extension = (certificate: pkijs.Certificate, id: string): unknown =>
  certificate.extensions?.find((one) => one.extnID === id)?.parsedValue;

/** The few authorities and signers that every document names; reading one takes a millisecond. */
const READ_BEFORE = 32;
const readBefore = new Map<string, ReadCertificate>();

/** Throws on anything that is not one DER certificate. What it answers is shared: nobody may change it. */
export const readCertificate = (der: Uint8Array): ReadCertificate => {
  const key = toBase64(der);
  const known = readBefore.get(key);
  if (known !== undefined) return known;
  const read = { der: ownBytes(der), certificate: pkijs.Certificate.fromBER(ownBytes(der).buffer) };
  if (readBefore.size >= READ_BEFORE) readBefore.clear();
  readBefore.set(key, read);
  return read;
};

/** The object identifiers of the certificate's extended key usage; null when it names none. */
export const purposesOf = (certificate: pkijs.Certificate): readonly string[] | null => {
  const value = extension(certificate, EXTENDED_KEY_USAGE);
  return value instanceof pkijs.ExtKeyUsage ? value.keyPurposes : null;
};

/** The certificate's public key as SPKI, DER. */
export const keyOf = ({ certificate }: ReadCertificate): Uint8Array =>
  new Uint8Array(certificate.subjectPublicKeyInfo.toSchema().toBER());

/** The last instant at which a certificate is valid. */
export const expiryOf = ({ certificate }: ReadCertificate): Temporal.Instant => instant(certificate.notAfter);

const mayCertify = (certificate: pkijs.Certificate): boolean => {
  const constraints = extension(certificate, BASIC_CONSTRAINTS);
  if (!(constraints instanceof pkijs.BasicConstraints) || !constraints.cA) return false;
  const usage = extension(certificate, KEY_USAGE) as
    | { valueBlock?: { valueHexView?: Uint8Array } }
    | undefined;
  const bits = usage?.valueBlock?.valueHexView?.[0];
  return bits === undefined || (bits & 0x04) !== 0; // keyCertSign, RFC 5280 §4.2.1.3
};

/** What was found of two certificates that were read; that one signed the other never changes. */
const signedBefore = new WeakMap<pkijs.Certificate, WeakMap<pkijs.Certificate, Promise<boolean>>>();

const isSignedBy = (certificate: pkijs.Certificate, issuer: pkijs.Certificate): Promise<boolean> => {
  const known = signedBefore.get(certificate) ?? new WeakMap<pkijs.Certificate, Promise<boolean>>();
  signedBefore.set(certificate, known);
  const found = known.get(issuer) ?? certificate.verify(issuer).catch(() => false);
  known.set(issuer, found);
  return found;
};

const issuerOf = async (
  { certificate }: ReadCertificate,
  pool: readonly ReadCertificate[],
): Promise<ReadCertificate | undefined> => {
  for (const candidate of pool) {
    if (!candidate.certificate.subject.isEqual(certificate.issuer)) continue;
    if (await isSignedBy(certificate, candidate.certificate)) return candidate;
  }
  return undefined;
};

type Revocation = 'good' | 'unknown' | Temporal.Instant;

/** What revocation lists signed by `issuer` say of a certificate: unknown, good, or since when it is revoked. */
const revocationOf = async (
  { certificate }: ReadCertificate,
  issuer: ReadCertificate,
  lists: readonly pkijs.CertificateRevocationList[],
): Promise<Revocation> => {
  let known: Revocation = 'unknown';
  for (const list of lists) {
    if (!list.issuer.isEqual(certificate.issuer)) continue;
    if (!(await list.verify({ issuerCertificate: issuer.certificate }).catch(() => false))) continue;
    const entry = list.revokedCertificates?.find((one) =>
      one.userCertificate.isEqual(certificate.serialNumber),
    );
    if (entry !== undefined) return instant(entry.revocationDate);
    known = 'good';
  }
  return known;
};

const dated = ({ certificate }: ReadCertificate, at: Temporal.Instant): PathProblem | null => {
  if (Temporal.Instant.compare(at, instant(certificate.notBefore)) < 0) return 'not-yet-valid';
  return Temporal.Instant.compare(at, instant(certificate.notAfter)) > 0 ? 'expired' : null;
};

/**
 * Whether a path leads from `leaf` over `pool` to one of `roots`, every certificate of it valid, and not revoked by
 * `lists`, at the instant `at` (RFC 5280 §6, without policies and name constraints: a critical one is refused).
 */
export const checkPath = async (
  leaf: ReadCertificate,
  trust: {
    readonly pool: readonly ReadCertificate[];
    readonly roots: readonly ReadCertificate[];
    readonly lists: readonly pkijs.CertificateRevocationList[];
    readonly at: Temporal.Instant;
  },
): Promise<PathResult> => {
  let revocation: 'good' | 'unknown' = 'good';
  let current = leaf;
  for (let depth = 0; depth < LONGEST; depth += 1) {
    const problem = dated(current, trust.at);
    if (problem !== null) return { ok: false, problem };
    if (depth > 0 && !mayCertify(current.certificate)) return { ok: false, problem: 'not-an-authority' };
    const strange = current.certificate.extensions?.some(
      (one) => one.critical && !KNOWN.includes(one.extnID),
    );
    if (strange) return { ok: false, problem: 'extension-unknown' };
    const { der } = current;
    if (trust.roots.some((root) => same(root.der, der))) return { ok: true, revocation };
    const issuer = await issuerOf(current, [...trust.roots, ...trust.pool]);
    // A root that is not ours leads nowhere but to itself.
    if (issuer === undefined || same(issuer.der, der)) return { ok: false, problem: 'issuer-unknown' };
    const state = await revocationOf(current, issuer, trust.lists);
    if (state instanceof Temporal.Instant) {
      if (Temporal.Instant.compare(state, trust.at) <= 0)
        return { ok: false, problem: 'revoked', since: state };
    } else if (state === 'unknown') revocation = 'unknown';
    current = issuer;
  }
  return { ok: false, problem: 'too-long' };
};
