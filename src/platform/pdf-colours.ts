import { createHash } from 'node:crypto';

/**
 * SHA-256 of the objects that hold the colour profiles which Typst writes into every file, sRGB and its grey, and the
 * plain colour spaces that PDFium draws alike.
 */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ['77bf7bffb7815345dd4e554cf33c4a8674563754e1c433e02f07c915951a31b4', '/DeviceGray'],
  ['929d12fccacb97510ba7e2f4f7ff112a3c87f52706e172b31f362294903a61e8', '/DeviceRGB'],
]);

const REFERENCE = /^\[\/ICCBased (\d+) 0 R\]$/;

const profileOf = (pdf: Buffer, number: string): Buffer => {
  const start = `\n${number} 0 obj\n`;
  const at = pdf.indexOf(start, 0, 'latin1');
  // An object that a later revision replaces is not for us to know.
  if (at < 0 || pdf.includes(start, at + 1, 'latin1')) return Buffer.alloc(0);
  return pdf.subarray(at + start.length, pdf.indexOf('\nendstream', at, 'latin1'));
};

/**
 * A PDF to be drawn on a screen, with plain colours in the place of the known profiles, byte for byte as long: of a
 * profile PDFium works out a table at every page it opens, which takes longer than everything else about the page. Files
 * with other profiles, or none, stay as they are.
 */
export const withPlainColours = (pdf: Uint8Array): Uint8Array => {
  const drawn = Buffer.from(pdf);
  for (let at = -1; (at = drawn.indexOf('[/ICCBased ', at + 1, 'latin1')) >= 0; ) {
    const reference = drawn.toString('latin1', at, drawn.indexOf(']', at, 'latin1') + 1);
    const [, number = ''] = REFERENCE.exec(reference) ?? [];
    const known = KNOWN.get(createHash('sha256').update(profileOf(drawn, number)).digest('hex'));
    if (known !== undefined) drawn.write(known.padEnd(reference.length), at, 'latin1');
  }
  return drawn;
};
