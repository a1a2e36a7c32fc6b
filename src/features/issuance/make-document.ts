import { createHash } from 'node:crypto';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { AkashiError } from '#domain/error.ts';
import type { SealClaims } from '#domain/seal/claim-fields.ts';
import type { LogPlace } from '#domain/seal/claims.ts';
import { claimsOf, encodeClaims } from '#domain/seal/claims.ts';
import {
  checkCodeOf,
  decodeSealUrl,
  encodeDigits,
  encodeSealUrl,
  openSeal,
  sealHolds,
  signSeal,
  verificationAddress,
} from '#domain/seal/seal.ts';
import type { IssuanceKeys, KeyHolder } from '#platform/keys/key-holder.ts';
import { checkIssued } from './check-issued.ts';
import { codeWidth, drawCode } from './draw-code.ts';
import type { PreparedSignature } from './sign/sign-document.ts';
import { completeSignature, prepareSignature } from './sign/sign-document.ts';
import type { Typesetter } from './typeset/typesetter.ts';
import { countRows } from './typeset/typesetter.ts';

/** The seals of a certificate's pages, signed once and kept: what is typeset later carries exactly these. */
export type Sealed = {
  readonly seals: readonly Uint8Array[];
  readonly pages: number;
  readonly checkCode: string;
  /** The tlog-proof to attach; null where there is no log. */
  readonly proof: string | null;
};
export type MadeDocument = Sealed & { readonly pdf: Uint8Array; readonly sha256: string };

/** Making one certificate, step by step; each step is answered only after it passed its own check. */
export type DocumentMaker = {
  /** What the seal of each page will claim; null has the typesetter look how many rows stand on each page. */
  readonly claims: (
    record: CertificateRecord,
    rowsByPage: readonly number[] | null,
  ) => Promise<readonly SealClaims[]>;
  /** Signs a seal for each page and reads it back from the address that will be printed. */
  readonly seal: (claims: readonly SealClaims[]) => Promise<Omit<Sealed, 'proof'>>;
  /** Typesets with the given seals; null where their claims do not fit the page they stand on. */
  readonly typeset: (record: CertificateRecord, sealed: Sealed) => Promise<Uint8Array | null>;
  /** The bytes that the document key will sign, and their SHA-256 in hexadecimal. */
  readonly prepare: (record: CertificateRecord, typeset: Uint8Array) => Promise<PreparedSignature>;
  /** Signs, opens again and checks. */
  readonly sign: (
    record: CertificateRecord,
    sealed: Sealed,
    prepared: PreparedSignature,
  ) => Promise<Uint8Array>;
  /** The same for one document, which is made with the keys of one moment. */
  readonly forOne: () => DocumentMaker;
};

type MakerParts = {
  readonly typesetter: Typesetter;
  /** The keys of this moment: which one signs may change while the service runs. */
  readonly keys: () => Promise<IssuanceKeys>;
  readonly verificationHost: string;
};

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function drawSeal(seal: Uint8Array, host: string) {
  const segments = [
    { data: Buffer.from(`${verificationAddress(host)}#`), mode: 'byte' as const },
    { data: encodeDigits(seal), mode: 'numeric' as const },
  ];
  return {
    svg: drawCode(segments),
    millimetres: codeWidth(seal),
    code: await checkCodeOf(seal),
    url: encodeSealUrl(host, seal),
  };
}

const claimsOfPages = (
  record: CertificateRecord,
  rowsByPage: readonly number[],
  log: (page: number) => LogPlace | null,
): SealClaims[] => {
  const pages = rowsByPage.length;
  let before = 0;
  return rowsByPage.map((rowCount, index) => {
    const page = index + 1;
    const firstRow = rowCount === 0 ? 0 : before + 1;
    before += rowCount;
    return claimsOf(record, { page, pages, firstRow, rowCount }, log(page));
  });
};

const placeOf = ({ logIndex, salt }: SealClaims): LogPlace | null =>
  logIndex === null || salt === null ? null : { index: logIndex, salt };

const sealPage = async (claims: SealClaims, key: KeyHolder, host: string): Promise<Uint8Array> => {
  const seal = await signSeal(claims, key);
  const again = decodeSealUrl(encodeSealUrl(host, seal)).bytes;
  if (!(await sealHolds(openSeal(again), key.publicKeySpki)))
    throw new AkashiError('unexpected', { check: 'seal' });
  return seal;
};

const requestFor = (record: CertificateRecord) => ({
  template: record.snapshot.template,
  seconds: Math.floor(Date.parse(record.issuedAt) / 1000),
});

/** A record typeset with the seals it was given: the same record, seals and fonts give the same bytes. */
export async function typesetSealed({
  record,
  typesetter,
  seals,
  proof = null,
  verificationHost,
}: Pick<MakerParts, 'typesetter' | 'verificationHost'> & {
  record: CertificateRecord;
  seals: readonly Uint8Array[];
  proof?: string | null;
}) {
  const drawn = await Promise.all(seals.map((seal) => drawSeal(seal, verificationHost)));
  const { pages, rows, pdf } = await typesetter.typeset({
    ...requestFor(record),
    data: { record, host: verificationHost, watermark: false, seals: drawn, proof },
    make: 'document',
  });
  if (pdf === null) throw new AkashiError('unexpected', { check: 'nothing was typeset' });
  return { pages, rowsByPage: countRows({ pages, rows }), pdf };
}

export const createMaker = (parts: MakerParts): DocumentMaker => {
  const { typesetter, keys, verificationHost: host } = parts;
  const measure = async (record: CertificateRecord): Promise<number[]> => {
    const data = { record, host, watermark: false, seals: [], proof: null };
    return countRows(await typesetter.typeset({ ...requestFor(record), data, make: 'layout' }));
  };
  return {
    claims: async (record, rowsByPage) =>
      claimsOfPages(record, rowsByPage ?? (await measure(record)), () => null),
    seal: async (claims) => {
      const seals: Uint8Array[] = [];
      const { seal: key } = await keys();
      for (const page of claims) seals.push(await sealPage(page, key, host));
      const [first] = seals;
      if (first === undefined) throw new AkashiError('unexpected', { check: 'no page' });
      return { seals, pages: seals.length, checkCode: await checkCodeOf(first) };
    },
    typeset: async (record, { seals, proof }) => {
      const made = await typesetSealed({ record, typesetter, seals, proof, verificationHost: host });
      const sealed = seals.map((seal) => openSeal(seal).claims);
      const log = (page: number) => {
        const claims = sealed[page - 1];
        return claims === undefined ? null : placeOf(claims);
      };
      const standing = claimsOfPages(record, made.rowsByPage, log).map(encodeClaims);
      const fits = standing.every(
        (claims, index) =>
          Buffer.compare(claims, Buffer.concat(sealed.slice(index, index + 1).map(encodeClaims))) === 0,
      );
      return fits && standing.length === sealed.length ? made.pdf : null;
    },
    prepare: (record, typeset) => prepareSignature(typeset, record),
    sign: async (record, { seals }, prepared) => {
      const now = await keys();
      const pdf = await completeSignature(prepared, now.document);
      await checkIssued(pdf, { record, seals, host, keys: now });
      return pdf;
    },
    forOne: () => {
      let asked: Promise<IssuanceKeys> | undefined;
      return createMaker({ ...parts, keys: () => (asked ??= keys()) });
    },
  };
};

/** Sheets that fit their seals; throws where they were measured and yet do not. */
export const requireSheets = (typeset: Uint8Array | null): Uint8Array => {
  if (typeset === null) throw new AkashiError('unexpected', { check: 'layout moved' });
  return typeset;
};

/** Every step at once, for one copy that nobody waits for twice: tests and measurements. */
export const makeWith = async (maker: DocumentMaker, record: CertificateRecord): Promise<MadeDocument> => {
  const sealed = { ...(await maker.seal(await maker.claims(record, null))), proof: null };
  const prepared = await maker.prepare(record, requireSheets(await maker.typeset(record, sealed)));
  const pdf = await maker.sign(record, sealed, prepared);
  return { ...sealed, pdf, sha256: sha256Of(pdf) };
};

export const makeDocument = ({
  record,
  keys,
  ...parts
}: Omit<MakerParts, 'keys'> & { record: CertificateRecord; keys: IssuanceKeys }): Promise<MadeDocument> =>
  makeWith(createMaker({ ...parts, keys: async () => keys }), record);
