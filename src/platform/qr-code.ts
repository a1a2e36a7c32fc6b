import { decodeQR } from 'qr/decode.js';
import type { Pixels } from './pdf-pages.ts';

/** The decoder's own limit is a film frame's time, which a busy machine would overstep. */
const TIME_LIMIT_MS = 1000;

/** The text of the QR code in a picture; null where none can be read (ISO/IEC 18004). */
export const readQrCode = (picture: Pixels): string | null => {
  // The decoder knows no picture in grey alone, but films, whose grey comes first.
  const grey = picture.data.length === picture.width * picture.height;
  try {
    return decodeQR(picture, { timeLimit: TIME_LIMIT_MS, ...(grey ? { format: 'I420' } : {}) });
  } catch {
    return null;
  }
};
