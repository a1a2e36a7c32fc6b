import QRCode, { type QRCodeSegment } from 'qrcode';

/** Four modules of white around the code: ISO/IEC 18004 §6.3.8. */
const QUIET_ZONE = 4;

type Point = readonly [x: number, y: number];

/** Border steps of the dark modules, each with the dark on its right: start → possible ends. */
const borderOf = (size: number, dark: (x: number, y: number) => boolean): Map<string, Point[]> => {
  const steps = new Map<string, Point[]>();
  const add = (from: Point, to: Point): void => {
    const key = from.join();
    const ends = steps.get(key);
    if (ends === undefined) steps.set(key, [to]);
    else ends.push(to);
  };
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!dark(x, y)) continue;
      if (!dark(x, y - 1)) add([x, y], [x + 1, y]);
      if (!dark(x + 1, y)) add([x + 1, y], [x + 1, y + 1]);
      if (!dark(x, y + 1)) add([x + 1, y + 1], [x, y + 1]);
      if (!dark(x - 1, y)) add([x, y + 1], [x, y]);
    }
  }
  return steps;
};

const walk = (steps: Map<string, Point[]>, start: Point): string => {
  let path = `M${start[0]} ${start[1]}`;
  let at = start;
  let heading = '';
  do {
    const next = steps.get(at.join())?.pop() ?? start;
    const turn = next[0] === at[0] ? `V${next[1]}` : `H${next[0]}`;
    // A straight run is one step: the last number of the same heading is replaced.
    const straight = turn.charAt(0) === heading && path.lastIndexOf(heading) > 0;
    path = straight ? path.slice(0, path.lastIndexOf(heading)) + turn : path + turn;
    heading = turn.charAt(0);
    at = next;
  } while (at.join() !== start.join());
  return `${path}z`;
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
  for (const [key, ends] of steps) {
    const [x = 0, y = 0] = key.split(',').map(Number);
    while (ends.length > 0) paths.push(walk(steps, [x, y]));
  }
  const side = size + QUIET_ZONE * 2;
  const box = `${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><path fill="#fff" d="M${-QUIET_ZONE} ${-QUIET_ZONE}h${side}v${side}h${-side}z"/><path d="${paths.join('')}"/></svg>`;
};
