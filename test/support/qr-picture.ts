import QRCode from 'qrcode';

/** Pixels of one QR code drawn in the middle of a white picture, 0 black to 255 white, one byte each. */
const greyPicture = (text: string, width: number, height: number): Uint8Array => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const scale = Math.floor(Math.min(width, height) / (modules.size + 8));
  const [left, top] = [(width - modules.size * scale) >> 1, (height - modules.size * scale) >> 1];
  const pixels = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < modules.size * scale; y += 1) {
    for (let x = 0; x < modules.size * scale; x += 1) {
      const dark = modules.get(Math.floor(y / scale), Math.floor(x / scale));
      if (dark) pixels[(y + top) * width + x + left] = 0;
    }
  }
  return pixels;
};

/** A short uncompressed film (YUV4MPEG2) of the code, for a browser's pretended camera. */
export const qrFilm = (text: string, width = 960, height = 960): Buffer => {
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), greyPicture(text, width, height), chroma]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`);
  return Buffer.concat([header, frame, frame, frame]);
};

/** The code as a PNG file. */
export const qrPng = (text: string): Promise<Buffer> =>
  QRCode.toBuffer(text, { errorCorrectionLevel: 'M', scale: 4, margin: 4 });
