import { constants, crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** W3C PNG §11.2.1: colour type → samples a pixel. */
const SAMPLES = { grey: { type: 0, count: 1 }, colour: { type: 2, count: 3 } } as const;

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

/**
 * Pixels as a PNG with 8 bits a sample, rows from the top: `grey` of one byte each, `colour` of four (red, green, blue,
 * unused). Runs of one value are all that is looked for: paper is white, and somebody waits for it.
 */
export const encodePng = (
  pixels: Uint8Array,
  { width, height, as }: { width: number; height: number; as: keyof typeof SAMPLES },
): Buffer => {
  const { type, count } = SAMPLES[as];
  const stride = width * count + 1;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const to = y * stride + 1;
    if (as === 'grey') rows.set(pixels.subarray(y * width, (y + 1) * width), to);
    else copyColours(pixels, y * width * 4, rows, { to, width });
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = type;
  const packed = deflateSync(rows, { level: 1, strategy: constants.Z_RLE });
  const parts = [chunk('IHDR', header), chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...parts]);
};

const copyColours = (
  pixels: Uint8Array,
  from: number,
  rows: Buffer,
  { to, width }: { readonly to: number; readonly width: number },
): void => {
  for (let x = 0; x < width; x += 1) {
    rows[to + x * 3] = pixels[from + x * 4] ?? 0;
    rows[to + x * 3 + 1] = pixels[from + x * 4 + 1] ?? 0;
    rows[to + x * 3 + 2] = pixels[from + x * 4 + 2] ?? 0;
  }
};
