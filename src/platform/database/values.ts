import pg from 'pg';

const DATE = 1082;
const INT8 = 20;
/** As a number, for the package's type names the types of single values only. */
const TEXT_ARRAY: number = 1009;
const TIMESTAMPTZ = 1184;

const readTexts = pg.types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => unknown;
/** One row of texts of which none is quoted, as base64 and student numbers are. pg goes through them letter by letter. */
const PLAIN_TEXTS = /^\{[^"\\{}]+\}$/;
const textsOf = (text: string): unknown => {
  if (!PLAIN_TEXTS.test(text)) return readTexts(text);
  return text
    .slice(1, -1)
    .split(',')
    .map((element) => (element === 'NULL' ? null : element));
};

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [DATE]: (text) => Temporal.PlainDate.from(text),
  [INT8]: (text) => BigInt(text),
  [TEXT_ARRAY]: textsOf,
  [TIMESTAMPTZ]: (text) => Temporal.Instant.from(text.replace(' ', 'T')),
};

/** How columns of a type, by its number in PostgreSQL, become values. */
export const parserOf = (oid: number): ((text: string) => unknown) =>
  parsers[oid] ?? pg.types.getTypeParser(oid, 'text');

const elementOf = (value: unknown): string => {
  if (Array.isArray(value)) return arrayOf(value);
  const parameter = parameterOf(value);
  if (parameter === null) return 'NULL';
  const text = typeof parameter === 'string' ? parameter : `\\x${parameter.toString('hex')}`;
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
};

const arrayOf = (values: readonly unknown[]): string => `{${values.map(elementOf).join(',')}}`;

/** A value as it is sent: text as PostgreSQL reads it, or bytes. Objects that say nothing better of themselves are JSON. */
export const parameterOf = (value: unknown): string | Buffer | null => {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return String(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return arrayOf(value);
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString();
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
};
