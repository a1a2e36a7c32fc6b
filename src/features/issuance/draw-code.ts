import QRCode, { type QRCodeSegment } from 'qrcode';

/** Four modules of white around the code: ISO/IEC 18004 §6.3.8. */
const QUIET_ZONE = 4;

/** How wide the code of a seal is printed, in millimetres, quiet zone included: docs/seal.md. */
export const codeWidth = (seal: Uint8Array): number => (seal.length > 480 ? 36 : 30);

/** A corner of the grid as one number: its row times this, plus its column. No code is as wide: ISO/IEC 18004 §6.1. */
const WIDTH = 256;

/** Steps along the border of the dark modules, each with the dark on its right. */
type Border = {
  /** Where steps begin, in the order of the modules. */
  readonly starts: readonly number[];
  /** Where the steps lead that begin at corner c, at 2c and 2c + 1; -1 where there is none. */
  readonly ends: Int32Array;
};

const borderOf = (size: number, modules: ArrayLike<number>): Border => {
  const starts: number[] = [];
  const ends = new Int32Array(WIDTH * (size + 1) * 2).fill(-1);
  const dark = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < size && y < size && modules[y * size + x] === 1;
  const add = (from: number, to: number): void => {
    if (ends[from * 2] === -1) {
      starts.push(from);
      ends[from * 2] = to;
    } else ends[from * 2 + 1] = to;
  };
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!dark(x, y)) continue;
      const corner = y * WIDTH + x;
      if (!dark(x, y - 1)) add(corner, corner + 1);
      if (!dark(x + 1, y)) add(corner + 1, corner + 1 + WIDTH);
      if (!dark(x, y + 1)) add(corner + 1 + WIDTH, corner + WIDTH);
      if (!dark(x - 1, y)) add(corner + WIDTH, corner);
    }
  }
  return { starts, ends };
};

/** Takes a step that begins at `from`, of which there must be one, out of the border; answers where it leads. */
const takeStep = (ends: Border['ends'], from: number): number => {
  const at = ends[from * 2 + 1] === -1 ? from * 2 : from * 2 + 1;
  const to = ends[at] ?? from;
  ends[at] = -1;
  return to;
};

const columnOf = (corner: number): number => corner % WIDTH;
const rowOf = (corner: number): number => Math.floor(corner / WIDTH);

/** From a corner around to it again; a straight run is one step, and closing the path is the last. */
const walk = (ends: Border['ends'], start: number): string => {
  let path = `M${columnOf(start)} ${rowOf(start)}`;
  let at = start;
  let heading = 0;
  const endRun = (): string => (Math.abs(heading) === 1 ? `H${columnOf(at)}` : `V${rowOf(at)}`);
  do {
    const step = takeStep(ends, at) - at;
    if (heading !== 0 && step !== heading) path += endRun();
    heading = step;
    at += step;
  } while (at !== start);
  return `${path}z`;
};

/**
 * A QR code, error level M, as an SVG whose side includes the quiet zone. The dark modules are outlined in one piece:
 * drawn row by row, printers and viewers leave hairlines between the rows that cost scanners their reading.
 */
export const drawCode = (segments: QRCodeSegment[]): string => {
  const { modules } = QRCode.create(segments, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  const { starts, ends } = borderOf(size, data);
  let path = '';
  for (const corner of starts) {
    while (ends[corner * 2] !== -1) path += walk(ends, corner);
  }
  const side = size + QUIET_ZONE * 2;
  const box = `${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><path fill="#fff" d="M${-QUIET_ZONE} ${-QUIET_ZONE}h${side}v${side}h${-side}z"/><path d="${path}"/></svg>`;
};
