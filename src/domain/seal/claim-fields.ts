import type { CborValue } from './cbor.ts';

/** What a certificate states beyond enrolment, as text the page shows; `docs/seal.md` lists the numbers. */
export const FACT_NAMES = [
  'completedOn',
  'degree',
  'field',
  'conferredOn',
  'diplomaNumber',
  'periodFrom',
  'periodUntil',
  'ended',
  'category',
  'examinedOn',
  'findings',
  'purpose',
  'section',
  'validUntil',
  'reference',
  'gradePointAverage',
  'totalCredits',
] as const;
export type FactName = (typeof FACT_NAMES)[number];
export type SealFacts = { readonly [Name in FactName]?: string };

/** What the seal of one page says. Dates are ISO strings; `issuedAt` is whole seconds since 1970 (UTC). */
export type SealClaims = {
  issuer: string;
  serial: string;
  impression: number;
  type: string;
  language: string;
  nameJa: string;
  nameRoman: string | null;
  birthDate: string;
  programme: string;
  admissionDate: string | null;
  expectedGraduationDate: string | null;
  yearOfStudy: number | null;
  leaveFrom: string | null;
  leaveUntil: string | null;
  certificateNumber: string;
  issueDate: string;
  issuedAt: number;
  page: number;
  pages: number;
  /** Number of the page's first row, from 1; null where the page has no rows. */
  firstRow: number | null;
  rows: Uint8Array | null;
  /** The page's own lists for `rows` (row-bytes.ts); null where the standard ones serve. */
  grades: readonly string[] | null;
  halves: readonly number[] | null;
  facts: SealFacts | null;
  /** Place of the certificate's leaf in the transparency log; null where the issuer keeps none. */
  logIndex: number | null;
  /** Salt of the leaf's commitment, 16 bytes. */
  salt: Uint8Array | null;
};

type Kind<Value> = {
  readonly encode: (value: Value) => CborValue;
  /** Undefined when `value` is of another kind or out of its range. */
  readonly decode: (value: CborValue) => Value | undefined;
};

const DAY = 86_400_000;

const text: Kind<string> = {
  encode: (value) => value,
  decode: (value) => (typeof value === 'string' ? value : undefined),
};

const count: Kind<number> = {
  encode: (value) => value,
  decode: (value) => (typeof value === 'number' && value >= 0 ? value : undefined),
};

const bytes: Kind<Uint8Array> = {
  encode: (value) => value,
  decode: (value) => (value instanceof Uint8Array ? value : undefined),
};

/** A calendar date as days since 1970-01-01: three bytes where the text would take eleven. */
const date: Kind<string> = {
  encode: (iso) => {
    const days = Date.parse(`${iso}T00:00:00Z`) / DAY;
    if (!Number.isInteger(days)) throw new RangeError('not a calendar date');
    return days;
  },
  decode: (value) => {
    if (typeof value !== 'number' || Math.abs(value) > 100_000) return undefined;
    return new Date(value * DAY).toISOString().slice(0, 10);
  },
};

const listOf = <Item extends string | number>(item: Kind<Item>): Kind<readonly Item[]> => ({
  encode: (values) => values.map((value) => item.encode(value)),
  decode: (value) => {
    if (!Array.isArray(value)) return undefined;
    const items = value.map((one) => item.decode(one)).filter((one) => one !== undefined);
    return items.length === value.length ? items : undefined;
  },
});

const facts: Kind<SealFacts> = {
  encode: (value) =>
    new Map(
      FACT_NAMES.flatMap((name, index) => {
        const fact = value[name];
        return fact === undefined ? [] : [[index + 1, fact] as const];
      }),
    ),
  decode: (value) => {
    if (!(value instanceof Map)) return undefined;
    const pairs = [...value].flatMap(([number, fact]) => {
      const name = FACT_NAMES[number - 1];
      return name === undefined || typeof fact !== 'string' ? [] : [[name, fact] as const];
    });
    return pairs.length === value.size ? Object.fromEntries(pairs) : undefined;
  },
};

type Field<Name extends keyof SealClaims> = {
  readonly name: Name;
  readonly kind: Kind<NonNullable<SealClaims[Name]>>;
  /** Left out of the map when null. */
  readonly optional: null extends SealClaims[Name] ? true : false;
};

const must = <Name extends keyof SealClaims>(name: Name, kind: Kind<NonNullable<SealClaims[Name]>>) =>
  ({ name, kind, optional: false }) as Field<Name>;
const may = <Name extends keyof SealClaims>(name: Name, kind: Kind<NonNullable<SealClaims[Name]>>) =>
  ({ name, kind, optional: true }) as Field<Name>;

/** Labels 1, 2, … in this order; a new claim is only ever added at the end (`docs/seal.md`). */
const FIELDS: readonly Field<keyof SealClaims>[] = [
  must('issuer', text),
  must('serial', text),
  must('impression', count),
  must('type', text),
  must('language', text),
  must('nameJa', text),
  may('nameRoman', text),
  must('birthDate', date),
  must('programme', text),
  may('admissionDate', date),
  may('expectedGraduationDate', date),
  may('yearOfStudy', count),
  may('leaveFrom', date),
  may('leaveUntil', date),
  must('certificateNumber', text),
  must('issueDate', date),
  must('issuedAt', count),
  must('page', count),
  must('pages', count),
  may('firstRow', count),
  may('rows', bytes),
  may('grades', listOf(text)),
  may('halves', listOf(count)),
  may('facts', facts),
  may('logIndex', count),
  may('salt', bytes),
] as unknown as readonly Field<keyof SealClaims>[];

/** The claims as a CBOR map; throws RangeError when a date is none. */
export const claimsToMap = (claims: SealClaims): Map<number, CborValue> =>
  new Map(
    FIELDS.flatMap(({ name, kind }, index) => {
      const value = claims[name];
      return value === null ? [] : [[index + 1, (kind as Kind<unknown>).encode(value)] as const];
    }),
  );

/** Strict inverse of `claimsToMap`: throws RangeError on an unknown label, a missing or a malformed claim. */
export const claimsFromMap = (map: ReadonlyMap<number, CborValue>): SealClaims => {
  const unknown = [...map.keys()].some((label) => label < 1 || label > FIELDS.length);
  if (unknown) throw new RangeError('claim unknown');
  const pairs = FIELDS.map(({ name, kind, optional }, index) => {
    const value = map.get(index + 1);
    if (value === undefined && optional) return [name, null];
    const decoded = value === undefined ? undefined : (kind as Kind<unknown>).decode(value);
    if (decoded === undefined) throw new RangeError(`claim ${name} malformed`);
    return [name, decoded];
  });
  return Object.fromEntries(pairs) as SealClaims;
};
