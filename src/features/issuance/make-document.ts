import { createHash } from 'node:crypto';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { AkashiError } from '#domain/error.ts';
import { claimsOf } from '#domain/seal/claims.ts';
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
import { drawCode } from './draw-code.ts';
import { signDocument } from './sign/sign-document.ts';
import type { Typesetter } from './typeset/typesetter.ts';

export type MadeDocument = {
  pdf: Uint8Array;
  pages: number;
  seals: Uint8Array[];
  checkCode: string;
  sha256: string;
};
export type MakeRequest = {
  record: CertificateRecord;
  typesetter: Typesetter;
  keys: IssuanceKeys;
  verificationHost: string;
};

async function drawSeal(seal: Uint8Array, host: string) {
  const segments = [
    { data: Buffer.from(`${verificationAddress(host)}#`), mode: 'byte' as const },
    { data: encodeDigits(seal), mode: 'numeric' as const },
  ];
  return {
    svg: drawCode(segments),
    millimetres: seal.length > 480 ? 36 : 30,
    code: await checkCodeOf(seal),
  };
}

/** Signs the seal of every page, and reads each back from the address that will be printed. */
async function makeSeals(
  record: CertificateRecord,
  pages: number,
  rows: number[],
  key: KeyHolder,
  host: string,
) {
  const seals: Uint8Array[] = [];
  for (let page = 1; page <= pages; page++) {
    const firstRow = rows.indexOf(page) + 1;
    const rowCount = rows.filter((at) => at === page).length;
    const seal = await signSeal(claimsOf(record, { page, pages, firstRow, rowCount }), key);
    const again = decodeSealUrl(encodeSealUrl(host, seal)).bytes;
    if (!(await sealHolds(openSeal(again), key.publicKeySpki)))
      throw new AkashiError('unexpected', { check: 'seal' });
    seals.push(seal);
  }
  return seals;
}

/** A record typeset with the seals it was given: the same record, seals and fonts give the same bytes. */
export async function typesetSealed({
  record,
  typesetter,
  seals,
  verificationHost,
}: Pick<MakeRequest, 'record' | 'typesetter' | 'verificationHost'> & { seals: readonly Uint8Array[] }) {
  const drawn = await Promise.all(seals.map((seal) => drawSeal(seal, verificationHost)));
  const { pages, rows, pdf } = await typesetter.typeset({
    ...requestFor(record),
    data: { record, host: verificationHost, watermark: false, seals: drawn },
    measure: false,
  });
  if (pdf === null) throw new AkashiError('unexpected', { check: 'nothing was typeset' });
  return { pages, rows, pdf, checkCode: drawn[0]?.code ?? '' };
}

const requestFor = (record: CertificateRecord) => ({
  template: record.snapshot.certificateType,
  seconds: Math.floor(Date.parse(record.issuedAt) / 1000),
});

/** Typesets, seals, signs and checks one copy; nothing is answered that did not pass its own check. */
export async function makeDocument({
  record,
  typesetter,
  keys,
  verificationHost,
}: MakeRequest): Promise<MadeDocument> {
  const measured = await typesetter.typeset({
    ...requestFor(record),
    data: { record, host: verificationHost, watermark: false, seals: [] },
    measure: true,
  });
  const seals = await makeSeals(record, measured.pages, measured.rows, keys.seal, verificationHost);
  const made = await typesetSealed({ record, typesetter, seals, verificationHost });
  const moved = made.pages !== measured.pages || made.rows.join() !== measured.rows.join();
  if (moved) throw new AkashiError('unexpected', { check: 'layout moved' });
  const pdf = await signDocument(made.pdf, keys.document, record);
  await checkIssued(pdf, { record, seals, host: verificationHost, keys });
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  return { pdf, pages: made.pages, seals, checkCode: made.checkCode, sha256 };
}
