import QRCode, { type QRCodeSegment } from 'qrcode';

/** Four modules of white around the code: ISO/IEC 18004 §6.3.8. */
const QUIET_ZONE = 4;

/** A corner of the grid as one number, so that looking it up costs nothing. */
const WIDTH = 256;

/** Border steps of the dark modules, each with the dark on its right: start → possible ends. */
const borderOf = (size: number, dark: (x: number, y: number) => boolean): Map<number, number[]> => {
  const steps = new Map<number, number[]>();
  const add = (from: number, to: number): void => {
    const ends = steps.get(from);
    if (ends === undefined) steps.set(from, [to]);
    else ends.push(to);
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
  return steps;
};

const columnOf = (corner: number): number => corner % WIDTH;
const rowOf = (corner: number): number => Math.floor(corner / WIDTH);

const walk = (steps: Map<number, number[]>, start: number): string => {
  const turns: string[] = [];
  let at = start;
  let heading = '';
  do {
    const next = steps.get(at)?.pop() ?? start;
    const now = columnOf(next) === columnOf(at) ? 'V' : 'H';
    // A straight run is one step: the last one of the same heading is replaced.
    if (now === heading) turns.pop();
    turns.push(`${now}${now === 'V' ? rowOf(next) : columnOf(next)}`);
    heading = now;
    at = next;
  } while (at !== start);
  return `M${columnOf(start)} ${rowOf(start)}${turns.join('')}z`;
};

/**
 * A QR code, error level M, as an SVG whose side includes the quiet zone. The dark modules are outlined in one piece:
 * drawn row by row, printers and viewers leave hairlines between the rows that cost scanners their reading.
 */
export const drawCode = (segments: QRCodeSegment[]): string => {
  const { modules } = QRCode.create(segments, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const dark = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < size && y < size && modules.get(y, x) === 1;
  const steps = borderOf(size, dark);
  const paths: string[] = [];
  for (const [corner, ends] of steps) {
    while (ends.length > 0) paths.push(walk(steps, corner));
  }
  const side = size + QUIET_ZONE * 2;
  const box = `${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><path fill="#fff" d="M${-QUIET_ZONE} ${-QUIET_ZONE}h${side}v${side}h${-side}z"/><path d="${paths.join('')}"/></svg>`;
};
