import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** Every mistake found so far, as `file:line: what is wrong`. */
export type Mistakes = string[];

/** A file that was read well, and a way to name one of its places in a mistake found later. */
export type ReadFile<Value> = {
  readonly value: Value;
  readonly at: (path: readonly PropertyKey[]) => string;
};

/**
 * Reads one YAML file of the university folder by `schema`. Mistakes are collected, each with its line, so that one
 * start shows all of them; null when there were any.
 */
export const readYaml = async <Schema extends z.ZodType>(
  folder: string,
  file: string,
  schema: Schema,
  mistakes: Mistakes,
): Promise<ReadFile<z.output<Schema>> | null> => {
  const text = await readFile(join(folder, file), 'utf8').catch(() => null);
  if (text === null) {
    mistakes.push(`${file}: the file is missing`);
    return null;
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  for (const error of document.errors) {
    mistakes.push(`${file}:${lineCounter.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`);
  }
  if (document.errors.length > 0) return null;
  const at = (path: readonly PropertyKey[]): string => {
    // Of a missing key there is no place: the nearest thing around it is named instead.
    for (let length = path.length; length >= 0; length -= 1) {
      const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      const range = (node as { range?: readonly number[] } | null | undefined)?.range;
      if (range?.[0] !== undefined) return `${file}:${lineCounter.linePos(range[0]).line}`;
    }
    return `${file}:1`;
  };
  const result = schema.safeParse(document.toJS());
  if (result.success) return { value: result.data, at };
  for (const issue of result.error.issues) {
    mistakes.push(`${at(issue.path)}: ${issue.path.map(String).join('.')}: ${issue.message}`);
  }
  return null;
};
