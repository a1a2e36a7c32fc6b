import { crc32, deflateSync } from 'node:zlib';

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

const greyOf = (red: number, green: number, blue: number): number =>
  Math.round(0.114 * blue + 0.587 * green + 0.299 * red);

/** Pixels of four bytes each (red, green, blue, unused), rows from the top, as a PNG with 8 bits a sample. */
export const encodePng = (
  pixels: Uint8Array,
  { width, height, as }: { width: number; height: number; as: keyof typeof SAMPLES },
): Buffer => {
  const { type, count } = SAMPLES[as];
  const stride = width * count + 1;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const [red = 0, green = 0, blue = 0] = [pixels[from], pixels[from + 1], pixels[from + 2]];
      const to = y * stride + 1 + x * count;
      rows[to] = as === 'grey' ? greyOf(red, green, blue) : red;
      if (as === 'colour') rows[to + 1] = green;
      if (as === 'colour') rows[to + 2] = blue;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = type;
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...parts]);
};
