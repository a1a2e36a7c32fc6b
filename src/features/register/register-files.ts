import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegisterEncoding } from './decode-file.ts';
import { decodeFile, lostCharacter } from './decode-file.ts';
import { parseCsv } from './parse-csv.ts';
import type { Column, RegisterFileName, RegisterRow } from './register-columns.ts';
import { REGISTER_COLUMNS, REGISTER_FILE_NAMES } from './register-columns.ts';

/** The bytes of each file that the university sent. What a file would have said of a missing one stays as it is. */
export type RegisterFiles = { readonly [Name in RegisterFileName]?: Uint8Array };
export type Located<Row> = { readonly line: number; readonly row: Row };
export type RegisterRows = {
  readonly [Name in RegisterFileName]?: readonly Located<RegisterRow<Name>>[];
};

/** Reads `people.csv`, `enrolments.csv` and the others of a folder; throws where there is none of them. */
export const readRegisterFiles = async (folder: string): Promise<RegisterFiles> => {
  const read = async (name: RegisterFileName) => {
    const bytes = await readFile(join(folder, `${name}.csv`)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    return [name, bytes] as const;
  };
  const files = (await Promise.all(REGISTER_FILE_NAMES.map(read))).filter(([, bytes]) => bytes !== undefined);
  if (files.length === 0) throw new Error(`${folder} has none of ${REGISTER_FILE_NAMES.join('.csv, ')}.csv`);
  return Object.fromEntries(files);
};

type Verdict = { readonly value: string | null; readonly problem: string | null };

const judge = (name: string, column: Column, text: string, encoding: RegisterEncoding): Verdict => {
  if (text === '') {
    return column.nullable ? { value: null, problem: null } : { value: null, problem: 'must not be empty' };
  }
  return { value: text, problem: lostCharacter(name, text, encoding) ?? column.problem(text) };
};

/** Most columns say the same few things over and over: each text is judged once. */
const judgeOf = (name: string, column: Column, encoding: RegisterEncoding): ((text: string) => Verdict) => {
  const judged = new Map<string, Verdict>();
  return (text) => {
    const known = judged.get(text);
    if (known !== undefined) return known;
    const verdict = judge(name, column, text, encoding);
    if (judged.size < 10_000) judged.set(text, verdict);
    return verdict;
  };
};

/** The rows of one file; each refusal is added as `file:line: column: why`. Values keep every code point. */
export const readRows = <Name extends RegisterFileName>(
  name: Name,
  bytes: Uint8Array,
  refusals: string[],
): Located<RegisterRow<Name>>[] => {
  const rows: Located<RegisterRow<Name>>[] = [];
  try {
    const { text, encoding } = decodeFile(bytes);
    const [header, ...body] = parseCsv(text);
    const columns = Object.entries<Column>(REGISTER_COLUMNS[name]).map(([column, rule]) => ({
      column,
      mayBeMissing: rule.mayBeMissing,
      place: header?.cells.indexOf(column) ?? -1,
      judge: judgeOf(column, rule, encoding),
    }));
    const missing = columns.filter(({ place, mayBeMissing }) => place === -1 && !mayBeMissing);
    if (missing.length > 0) {
      throw new Error(`1: missing columns ${missing.map(({ column }) => column).join(', ')}`);
    }
    for (const { line, cells } of body) {
      if (cells.length !== header?.cells.length) {
        refusals.push(`${name}.csv:${line}: ${cells.length} cells instead of ${header?.cells.length}`);
        continue;
      }
      const row: Record<string, string | null> = {};
      let sound = true;
      for (const { column, place, judge: judged } of columns) {
        const { value, problem } = judged(cells[place] ?? '');
        row[column] = value;
        if (problem === null) continue;
        sound = false;
        refusals.push(`${name}.csv:${line}: ${column}: ${problem}`);
      }
      if (sound) rows.push({ line, row: row as RegisterRow<Name> });
    }
  } catch (error) {
    refusals.push(`${name}.csv:${error instanceof Error ? error.message : String(error)}`);
  }
  return rows;
};
