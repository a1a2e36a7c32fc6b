import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const PAGE = resolve(import.meta.dirname, '../../docs/conformance.md');
const BEGIN = '<!-- forgeries: written by `npm run test:conformance -- --write` -->';
const END = '<!-- end of forgeries -->';

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Puts the table of forgeries between its marks in docs/conformance.md. */
export const writeForgeryTable = (heads: readonly string[], rows: readonly (readonly string[])[]): void => {
  const page = readFileSync(PAGE, 'utf8');
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('docs/conformance.md has lost the marks of its table');
  const table = [rowOf(heads), rowOf(heads.map(() => '---')), ...rows.map(rowOf)].join('\n');
  writeFileSync(PAGE, `${page.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${page.slice(end)}`);
};
