import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfRef, PdfStream } from '@libpdf/core';
import type { PdfProblem } from '#domain/signed-pdf/verify-signed-pdf.ts';
import { addTimestamp, appendArchivalData } from '#features/issuance/archive/extend-document.ts';
import { byteRangeOf } from '#features/issuance/sign/sign-document.ts';
import { manualClock } from '#platform/clock.ts';
import type { ArchiveWorkshop } from './archive-workshop.ts';
import { withArchiveWorkshop } from './archive-workshop.ts';
import { sampleRecord } from './certificate-record.ts';

/** A file that must not pass, why our verifier refuses it, and what is needed beside it to judge it. */
export type Forgery = {
  readonly name: string;
  readonly pdf: Uint8Array;
  readonly problem: PdfProblem;
  /** DER, where they are not the honest workshop's. */
  readonly roots?: { readonly signer: Uint8Array; readonly timestamp: Uint8Array };
};

const flipped = (pdf: Uint8Array): Uint8Array => {
  const changed = pdf.slice();
  changed[2000] = (changed[2000] ?? 0) ^ 1;
  return changed;
};

/** Text over page 1 by an incremental update, as an editor saves it. */
const withText = async (pdf: Uint8Array): Promise<Uint8Array> => {
  const document = await PDF.load(pdf);
  document.getPage(0)?.drawText('Summa cum laude', { x: 200, y: 400, size: 24 });
  return document.save({ incremental: true });
};

/** Page 1 replaced by a blank one in the page tree. */
const withOtherPage = async (pdf: Uint8Array): Promise<Uint8Array> => {
  const document = await PDF.load(pdf);
  const pages = document.getCatalog().get('Pages');
  const tree = pages instanceof PdfRef ? document.getObject(pages) : pages;
  if (!(tree instanceof PdfDict) || !(pages instanceof PdfRef)) throw new Error('page tree of another form');
  const page = PdfDict.of({
    Type: PdfName.of('Page'),
    Parent: pages,
    MediaBox: new PdfArray([0, 0, 595, 842].map((side) => PdfNumber.of(side))),
    Contents: document.register(PdfStream.fromDict({}, new TextEncoder().encode('0 0 595 842 re f'))),
  });
  tree.set('Kids', new PdfArray([document.register(page)]));
  tree.set('Count', PdfNumber.of(1));
  return document.save({ incremental: true });
};

/** The signature of one document in the place of another's. */
const withContentsOf = (pdf: Uint8Array, other: Uint8Array): Uint8Array => {
  const [, length, after] = byteRangeOf(pdf);
  const [, otherLength, otherAfter] = byteRangeOf(other);
  const changed = pdf.slice();
  changed.set(other.subarray(otherLength, otherAfter).subarray(0, after - length), length);
  return changed;
};

const extended = async ({ tools }: ArchiveWorkshop, pdf: Uint8Array): Promise<Uint8Array> =>
  appendArchivalData(tools, await addTimestamp(tools, pdf));

const rootsOf = ({ keys, authority }: ArchiveWorkshop) => ({
  signer: keys.document.chain.at(-1) ?? new Uint8Array(),
  timestamp: authority.root,
});

/** An honest document whose only timestamp authority has expired since, and that nobody renewed. */
const expired = (): Promise<Forgery> =>
  withArchiveWorkshop(
    manualClock('2020-04-01T00:00:00Z'),
    async (workshop) => ({
      name: 'expired-timestamp',
      pdf: await extended(workshop, await workshop.make(sampleRecord('enrolment', 'ja'))),
      problem: 'authority-expired' as const,
      roots: rootsOf(workshop),
    }),
    2,
  );

/** Every forgery there is; `workshop` is the honest one, whose roots the judges trust. */
export const forge = async (workshop: ArchiveWorkshop): Promise<Forgery[]> => {
  const { clock, make } = workshop;
  const signed = await make(sampleRecord('transcript', 'ja'));
  const other = await make(sampleRecord('transcript', 'ja', 2));
  const whole = await extended(workshop, signed);
  const since = clock.now().subtract({ hours: 1 });
  const revoking = workshop.toolsWith([{ serialNumber: '03', since }]);
  const stranger = await withArchiveWorkshop(clock, async (elsewhere) =>
    appendArchivalData(
      { ...elsewhere.tools, requestTimestamp: workshop.tools.requestTimestamp },
      await addTimestamp(workshop.tools, await elsewhere.make(sampleRecord('transcript', 'ja'))),
    ),
  );
  return [
    { name: 'flipped-byte', pdf: flipped(whole), problem: 'signature-digest' },
    { name: 'text-added-after-signing', pdf: await withText(signed), problem: 'changed-after-signing' },
    { name: 'text-added-after-archiving', pdf: await withText(whole), problem: 'changed-after-signing' },
    { name: 'swapped-contents', pdf: withContentsOf(signed, other), problem: 'signature-digest' },
    { name: 'page-replaced', pdf: await withOtherPage(whole), problem: 'changed-after-signing' },
    { name: 'other-chain', pdf: stranger, problem: 'signer-issuer-unknown' },
    await expired(),
    {
      name: 'revoked-signer',
      pdf: await appendArchivalData(revoking, await addTimestamp(revoking, signed)),
      problem: 'signer-revoked',
    },
  ];
};
