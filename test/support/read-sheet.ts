import { inflateSync } from 'node:zlib';
import { readQrCode } from '#platform/qr-code.ts';

/** Pixels of a PNG as `encodePng` writes it: 8 bits a sample, grey or colour, no filter, one data chunk. */
const readPng = (png: Buffer): { width: number; height: number; grey: (x: number, y: number) => number } => {
  const [width, height, samples] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 2 ? 3 : 1];
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const rows = inflateSync(Buffer.concat(parts));
  return { width, height, grey: (x, y) => rows[y * (width * samples + 1) + 1 + x * samples] ?? 255 };
};

/** The text of the QR at the foot of a printed sheet, on the left, read from its picture as a phone would. */
export const readSheetCode = (png: Buffer): string | null => {
  const { width, height, grey } = readPng(png);
  const [across, down] = [Math.floor(width * 0.4) * 2, Math.floor(height * 0.25) * 2];
  const pixels = new Uint8Array(across * down * 4).fill(255);
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1)
      pixels.fill(
        grey(x >> 1, height - (down >> 1) + (y >> 1)),
        (y * across + x) * 4,
        (y * across + x) * 4 + 3,
      );
  return readQrCode({ data: pixels, width: across, height: down });
};
