import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { openTypesetter, type Typesetter } from '#features/issuance/typeset/typesetter.ts';
import { withPdfPages } from '#platform/pdf-pages.ts';

const DPI = 600;
const PIXELS_PER_MILLIMETRE = DPI / 25.4;

/** Lightness 0 (black) to 1 (white), a row after another. */
type Picture = { readonly light: Float32Array; readonly width: number; readonly height: number };

let typesetter: Typesetter;
before(() => {
  typesetter = openTypesetter({ universityFolder: resolve('config/demo') });
});
after(() => typesetter.close());

/** One ground of the calibration sheet at 600 dpi; `mask` is its lettering alone, in black. */
const draw = async (patch: string): Promise<Picture> => {
  const { pdf } = await typesetter.typeset({
    template: 'calibration-sheet',
    data: { patch },
    seconds: 1_700_000_000,
    make: 'document',
  });
  assert.ok(pdf !== null);
  return withPdfPages(pdf, async ([page]) => {
    assert.ok(page !== undefined);
    const { data, width, height } = await page.pixels(DPI);
    return {
      light: Float32Array.from({ length: width * height }, (_, at) => (data[at * 4] ?? 0) / 255),
      width,
      height,
    };
  });
};

const gaussian = (sigma: number): number[] => {
  const reach = Math.ceil(sigma * 3);
  const weights = Array.from({ length: reach * 2 + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};

const blurAlong = ({ light, width, height }: Picture, weights: readonly number[], step: number): Picture => {
  const reach = (weights.length - 1) / 2;
  const result = new Float32Array(light.length);
  for (let at = 0; at < light.length; at += 1) {
    let sum = 0;
    for (let index = 0; index < weights.length; index += 1) {
      const from = Math.min(light.length - 1, Math.max(0, at + (index - reach) * step));
      sum += (light[from] ?? 0) * (weights[index] ?? 0);
    }
    result[at] = sum;
  }
  return { light: result, width, height };
};

const blur = (picture: Picture, millimetres: number): Picture => {
  const weights = gaussian(millimetres * PIXELS_PER_MILLIMETRE);
  return blurAlong(blurAlong(picture, weights, 1), weights, picture.width);
};

/**
 * What a copier makes of a print: its optics blur, and its tone curve takes what is nearly white for paper and what is
 * fairly dark for ink. 0.05 mm and a curve from 0.25 to 0.85 are of an office machine at its automatic setting.
 */
const copy = (picture: Picture): Picture => {
  const seen = blur(picture, 0.05);
  const light = seen.light.map((value) => {
    const x = Math.min(1, Math.max(0, (value - 0.25) / 0.6));
    return x * x * (3 - 2 * x);
  });
  return { ...seen, light };
};

/** How much darker the lettering is than the ground, of the ground; the edge of the lettering counts to neither. */
const contrast = ({ light }: Picture, mask: Picture): number => {
  const sums = { ground: 0, grounds: 0, letters: 0, lettered: 0 };
  for (let at = 0; at < light.length; at += 1) {
    const inside = mask.light[at] ?? 1;
    if (inside > 0.98) {
      sums.ground += light[at] ?? 0;
      sums.grounds += 1;
    } else if (inside < 0.02) {
      sums.letters += light[at] ?? 0;
      sums.lettered += 1;
    }
  }
  const ground = sums.ground / sums.grounds;
  return (ground - sums.letters / sums.lettered) / ground;
};

test('the lettering of every setting is hidden in print and plain on a copy', async (t) => {
  const mask = blur(await draw('mask'), 0.2);
  for (const setting of ['fine', 'medium', 'coarse']) {
    const print = await draw(setting);
    const hidden = Math.abs(contrast(print, mask));
    const plain = contrast(copy(print), mask);
    t.diagnostic(
      `${setting}: ${(hidden * 100).toFixed(2)} % in print, ${(plain * 100).toFixed(2)} % on a copy`,
    );
    assert.ok(hidden <= 0.015, `${setting} shows ${hidden} in print`);
    assert.ok(plain >= 0.05, `${setting} shows only ${plain} on a copy`);
  }
});

test('the calibration sheet is one sheet with every setting', async () => {
  const { pages, pdf } = await typesetter.typeset({
    template: 'calibration-sheet',
    data: {},
    seconds: 1_700_000_000,
    make: 'document',
  });
  assert.equal(pages, 1);
  assert.ok(pdf !== null);
  await withPdfPages(pdf, async ([page]) => {
    for (const setting of ['fine', 'medium', 'coarse']) assert.ok(page?.text().includes(setting), setting);
  });
});
