import { createHash } from 'node:crypto';

/**
 * SHA-256 of the objects that hold the colour profiles which Typst writes into every file, sRGB and its grey, and the
 * plain colour spaces that PDFium draws alike.
 */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ['77bf7bffb7815345dd4e554cf33c4a8674563754e1c433e02f07c915951a31b4', '/DeviceGray'],
  ['929d12fccacb97510ba7e2f4f7ff112a3c87f52706e172b31f362294903a61e8', '/DeviceRGB'],
]);

const profileOf = (text: string, number: string): string => {
  const [start, ...others] = [...text.matchAll(new RegExp(`\\n${number} 0 obj\\n`, 'g'))];
  // An object that a later revision replaces is not for us to know.
  if (start === undefined || others.length > 0) return '';
  return text.slice(start.index + start[0].length, text.indexOf('\nendstream', start.index));
};

/**
 * A PDF to be drawn on a screen, with plain colours in the place of the known profiles, byte for byte as long: of a
 * profile PDFium works out a table at every page it opens, which takes longer than everything else about the page. Files
 * with other profiles, or none, stay as they are.
 */
export const withPlainColours = (pdf: Uint8Array): Uint8Array => {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  const drawn = text.replace(/\[\/ICCBased (\d+) 0 R\]/g, (reference, number: string) => {
    const known = KNOWN.get(createHash('sha256').update(profileOf(text, number), 'latin1').digest('hex'));
    return known?.padEnd(reference.length) ?? reference;
  });
  return drawn === text ? pdf : Buffer.from(drawn, 'latin1');
};
