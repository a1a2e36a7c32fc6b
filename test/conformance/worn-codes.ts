import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import { withPdfPages } from '#platform/pdf-pages.ts';
import { seeded } from '#test/support/seeded.ts';
import { toPgm, wornFoot } from '#test/support/worn-sheet.ts';

const RENDERINGS = 300;
const LEAST = 0.99;

const firstSeal = async (pdf: Uint8Array): Promise<string> => {
  const document = await PDF.load(pdf);
  const name = [...document.getAttachments().keys()].find((one) => one.endsWith('.seals')) ?? '';
  return new TextDecoder().decode(document.getAttachment(name) ?? undefined).split('\n')[0] ?? '';
};

export type WornCodes = { readonly read: number; readonly of: number; readonly enough: boolean };

/**
 * Has zbarimg read codes from sheets as they come to a desk: 200 to 300 dpi, up to 3° askew, blurred, noisy, copied in
 * grey. Null where zbarimg is not installed.
 */
export const readWornCodes = async (
  files: readonly string[],
  folder: string,
  seed: number,
): Promise<WornCodes | null> => {
  if (spawnSync('zbarimg', ['--version']).error !== undefined) return null;
  const below = seeded(seed);
  let read = 0;
  for (let round = 0; round < RENDERINGS; round += 1) {
    const pdf = new Uint8Array(readFileSync(files[round % files.length] ?? ''));
    const page = await withPdfPages(pdf, async ([first]) => first?.pixels(200 + below(101)));
    if (page === undefined) continue;
    const wear = {
      turn: (below(601) - 300) / 100,
      blur: below(61) / 100,
      noise: below(13),
      black: below(61),
      white: 200 + below(56),
    };
    const file = join(folder, 'worn.pgm');
    writeFileSync(file, toPgm(wornFoot(page, wear, below)));
    const answer = spawnSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', file]);
    if (answer.stdout.toString().trim() === (await firstSeal(pdf))) read += 1;
    else console.log(`     unread: ${files[round % files.length]} ${JSON.stringify(wear)}`);
  }
  return { read, of: RENDERINGS, enough: read >= RENDERINGS * LEAST };
};
