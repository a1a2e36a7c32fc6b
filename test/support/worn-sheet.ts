import type { Pixels } from '#platform/pdf-pages.ts';

/** What copying, scanning and holding a camera do to a sheet. */
export type Wear = {
  /** Degrees, clockwise. */
  readonly turn: number;
  /** Standard deviation of a Gaussian blur in pixels, below 1: what a scanner's optics do. */
  readonly blur: number;
  /** Largest deviation of a pixel, of 255. */
  readonly noise: number;
  /** A grey copy: black no darker, white no lighter than these. */
  readonly black: number;
  readonly white: number;
};

/** One byte a pixel, 0 black. */
export type Grey = { readonly data: Uint8Array; readonly width: number; readonly height: number };

const part = ({ data, width, height }: Pixels, keep: { width: number; height: number }): Grey => {
  const wide = Math.floor(width * keep.width);
  const top = height - Math.floor(height * keep.height);
  const grey = new Uint8Array(wide * (height - top));
  for (let y = top; y < height; y += 1)
    for (let x = 0; x < wide; x += 1) {
      const at = (y * width + x) * 4;
      grey[(y - top) * wide + x] = ((data[at] ?? 255) + (data[at + 1] ?? 255) + (data[at + 2] ?? 255)) / 3;
    }
  return { data: grey, width: wide, height: height - top };
};

const turned = ({ data, width, height }: Grey, degrees: number): Grey => {
  const out = new Uint8Array(width * height).fill(255);
  const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const pixel = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 255 : (data[y * width + x] ?? 255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = [x - width / 2, y - height / 2];
      const [fromX, fromY] = [cosine * dx + sine * dy + width / 2, cosine * dy - sine * dx + height / 2];
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [u, v] = [fromX - left, fromY - top];
      const upper = pixel(left, top) * (1 - u) + pixel(left + 1, top) * u;
      const lower = pixel(left, top + 1) * (1 - u) + pixel(left + 1, top + 1) * u;
      out[y * width + x] = upper * (1 - v) + lower * v;
    }
  return { data: out, width, height };
};

/** A Gaussian blur of three taps a direction, which is all that a spread below one pixel needs. */
const blurred = ({ data, width, height }: Grey, spread: number): Grey => {
  if (spread === 0) return { data, width, height };
  const beside = Math.exp(-1 / (2 * spread * spread));
  const whole = 1 + 2 * beside;
  const along = (from: Uint8Array, step: number): Uint8Array =>
    from.map((value, at) => (value + beside * ((from[at - step] ?? 255) + (from[at + step] ?? 255))) / whole);
  return { data: along(along(data, 1), width), width, height };
};

/** The sheet's lower left, where the code stands, after that wear; `below` draws whole numbers under a limit. */
export const wornFoot = (page: Pixels, wear: Wear, below: (limit: number) => number): Grey => {
  const foot = part(page, { width: 0.45, height: 0.25 });
  const { data, width, height } = blurred(turned(foot, wear.turn), wear.blur);
  const worn = data.map((value) => {
    const toned = wear.black + (value * (wear.white - wear.black)) / 255;
    return Math.max(0, Math.min(255, toned + below(wear.noise * 2 + 1) - wear.noise));
  });
  return { data: worn, width, height };
};

/** A binary PGM file. */
export const toPgm = ({ data, width, height }: Grey): Buffer =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
