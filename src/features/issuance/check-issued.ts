import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { AkashiError } from '#domain/error.ts';
import { decodeSealUrl, openSeal, sealHolds } from '#domain/seal/seal.ts';
import { verifySignedPdf } from '#domain/signed-pdf/verify-signed-pdf.ts';
import type { IssuanceKeys } from '#platform/keys/key-holder.ts';
import type { PagePart, PdfPage } from '#platform/pdf-pages.ts';
import { withPdfPages } from '#platform/pdf-pages.ts';
import { readQrCode } from '#platform/qr-code.ts';
import { codeWidth } from './draw-code.ts';

type Expected = {
  readonly record: CertificateRecord;
  readonly seals: readonly Uint8Array[];
  readonly host: string;
  readonly keys: IssuanceKeys;
};

/**
 * 81 modules of a typical seal on 30 mm are three pixels each. How they fall on the grid decides whether the decoder reads
 * them, so a code unread at one resolution is tried at the next.
 */
const RESOLUTIONS = [200, 250, 300];

const refuse = (check: string, more: AkashiError['detail'] = {}): never => {
  throw new AkashiError('unexpected', { check, ...more });
};

/**
 * Where our templates have a code so many millimetres wide, and one around it, in parts of an A4 sheet. Not the words beside it,
 * which take as long to draw, nor the copy guard above, whose dots look like corners of a code as well. One that stands elsewhere
 * is looked for on the whole page.
 */
const placeOf = (width: number): PagePart => ({
  left: 22.7 / 210,
  below: 12 / 297,
  width: (width + 2) / 210,
  height: (width + 2) / 297,
});

const readPage = async (page: PdfPage, part?: PagePart): Promise<string | null> => {
  for (const dpi of RESOLUTIONS) {
    const read = readQrCode(await page.pixels(dpi, 'grey', part));
    if (read !== null) return read;
  }
  return null;
};

const checkSeal = async (page: PdfPage, seal: Uint8Array | undefined, expected: Expected): Promise<void> => {
  if (seal === undefined) return refuse('seal missing', { page: page.number });
  const read = (await readPage(page, placeOf(codeWidth(seal)))) ?? (await readPage(page));
  if (read === null) return refuse('seal missing', { page: page.number });
  const { host, bytes } = decodeSealUrl(read);
  if (host !== expected.host || Buffer.compare(bytes, seal) !== 0) refuse('seal', { page: page.number });
  const opened = openSeal(bytes);
  const own = opened.claims.serial === expected.record.serial;
  const key = expected.keys.sealKeys.get(opened.keyId);
  if (!own || key === undefined || !(await sealHolds(opened, key))) refuse('seal', { page: page.number });
};

const withoutSpace = (text: string): string => text.replaceAll(/\s/g, '');

/** What the paper must say wherever the template puts it; spacing is the typesetter's. */
const checkWords = (
  pages: readonly PdfPage[],
  { snapshot, certificateNumber, serial }: CertificateRecord,
): void => {
  const text = withoutSpace(pages.map((page) => page.text()).join(''));
  const { nameJa, nameRoman } = snapshot.person;
  const name = snapshot.language === 'ja' ? nameJa : (nameRoman ?? nameJa);
  if (!text.includes(withoutSpace(name))) refuse('name');
  if (!text.includes(certificateNumber)) refuse('number');
  if (!text.includes(serial)) refuse('serial');
};

/**
 * Opens a made document again as a stranger would, from its bytes alone, before anybody else can: signature and chain
 * hold and nothing follows them, the seal of every page reads from the page as drawn, and name, number, serial and
 * page count are the record's. Throws `unexpected` naming the check that failed.
 */
export const checkIssued = async (pdf: Uint8Array, expected: Expected): Promise<void> => {
  const { record, seals, keys } = expected;
  const root = keys.document.chain.at(-1);
  const verdict = await verifySignedPdf(pdf, {
    signerRoots: root === undefined ? [] : [root],
    timestampRoots: [],
    now: Temporal.Instant.from(record.issuedAt),
  });
  if (!verdict.ok) return refuse('signature', { problem: verdict.problem });
  if (Buffer.compare(verdict.signer, keys.document.chain[0] ?? new Uint8Array()) !== 0) refuse('signer');
  if (verdict.level !== 'B-B' || verdict.signedLength !== pdf.length) refuse('end of the signed revision');
  if (verdict.pages !== seals.length) refuse('pages');
  await withPdfPages(pdf, async (pages) => {
    if (pages.length !== seals.length) refuse('pages');
    checkWords(pages, record);
    for (const page of pages) await checkSeal(page, seals[page.number - 1], expected);
  });
};
