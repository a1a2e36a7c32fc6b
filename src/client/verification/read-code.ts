/** Reads the QR code of one picture; null where it shows none. */
export type CodeReader = (picture: ImageBitmap | HTMLVideoElement) => Promise<string | null>;

type Detector = { detect: (picture: ImageBitmap | HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats: () => Promise<string[]>;
};

/** The browser's own detector, where it has one that knows QR codes. */
const nativeReader = async (): Promise<CodeReader | null> => {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  if (BarcodeDetector === undefined) return null;
  const formats = await BarcodeDetector.getSupportedFormats().catch((): string[] => []);
  if (!formats.includes('qr_code')) return null;
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null;
};

const sizeOf = (picture: ImageBitmap | HTMLVideoElement): [number, number] =>
  picture instanceof HTMLVideoElement
    ? [picture.videoWidth, picture.videoHeight]
    : [picture.width, picture.height];

/** The decoder works on pixels; more than this many on a side only makes it slow. */
const LARGEST_SIDE = 1600;
const FRAME_MS = 40;
const STILL_MS = 5000;

const scriptReader = async (): Promise<CodeReader> => {
  const { decodeQR } = await import('qr/decode.js');
  const decode = (pixels: ImageData, timeLimit: number): string | null => {
    try {
      return decodeQR(pixels, { timeLimit });
    } catch {
      return null;
    }
  };
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const pixelsOf = (picture: ImageBitmap | HTMLVideoElement, part: readonly number[]) => {
    const [x = 0, y = 0, width = 0, height = 0] = part;
    const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context?.drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
    return context?.getImageData(0, 0, canvas.width, canvas.height);
  };
  return async (picture) => {
    const [width, height] = sizeOf(picture);
    if (width === 0 || height === 0) return null;
    // A whole sheet first, then its lower left, where the code stands: there its modules keep their size.
    const whole = [0, 0, width, height];
    const foot = [0, Math.floor(height * 0.7), Math.ceil(width * 0.5), Math.ceil(height * 0.3)];
    // A still picture is read once and deserves every try; the camera's next one comes soon.
    const [parts, timeLimit] =
      picture instanceof HTMLVideoElement ? [[whole], FRAME_MS] : [[whole, foot], STILL_MS];
    for (const part of parts) {
      const pixels = pixelsOf(picture, part);
      const code = pixels && decode(pixels, timeLimit);
      if (code) return code;
    }
    return null;
  };
};

let reader: Promise<CodeReader> | undefined;

/** The browser's detector, else a small decoder of our own bundle, fetched when first needed. */
export const openCodeReader = (): Promise<CodeReader> => {
  reader ??= nativeReader().then((native) => native ?? scriptReader());
  return reader;
};
