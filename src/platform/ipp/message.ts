import { AkashiError } from '#domain/error.ts';
import type { GroupName, Syntax } from './tags.ts';
import { END_OF_ATTRIBUTES, GROUP, TAG } from './tags.ts';

/** A value as it stands in an attribute: bytes for what has no plainer form, null for the out-of-band values. */
export type IppValue =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | { readonly lower: number; readonly upper: number }
  | readonly IppAttribute[];
export type IppAttribute = {
  readonly name: string;
  readonly syntax: Syntax;
  readonly values: readonly IppValue[];
};
export type IppGroup = { readonly group: GroupName; readonly attributes: readonly IppAttribute[] };

/** A request or an answer (RFC 8010 §3): `code` is the operation of the one, the status of the other. */
export type IppMessage = {
  readonly version: readonly [major: number, minor: number];
  readonly code: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
  /** What follows the attributes: the document, or nothing. */
  readonly data: Uint8Array;
};

/** The name that a number has in a table of names; undefined where it has none. */
export const nameOf = <Name extends string>(
  names: Readonly<Record<Name, number>>,
  tag: number,
): Name | undefined => (Object.keys(names) as Name[]).find((name) => names[name] === tag);

const INTEGERS: readonly Syntax[] = ['integer', 'enum'];
const BYTES: readonly Syntax[] = [
  'octetString',
  'dateTime',
  'resolution',
  'textWithLanguage',
  'nameWithLanguage',
];
const OUT_OF_BAND: readonly Syntax[] = ['unsupported', 'unknown', 'no-value'];

const int32 = (...numbers: number[]): Uint8Array => {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, number] of numbers.entries()) view.setInt32(index * 4, number);
  return bytes;
};

const encodeValue = (syntax: Syntax, value: IppValue): Uint8Array => {
  if (typeof value === 'number') return int32(value);
  if (typeof value === 'boolean') return Uint8Array.of(value ? 1 : 0);
  if (typeof value === 'string') return new TextEncoder().encode(value);
  if (value instanceof Uint8Array) return value;
  if (value !== null && 'lower' in value) return int32(value.lower, value.upper);
  // A collection has no value of its own: its members follow it.
  if (value === null || syntax === 'begCollection') return new Uint8Array();
  throw new AkashiError('unexpected', { syntax });
};

/** Tag, name and value, each length in two bytes (RFC 8010 §3.1.4). Throws `RangeError` beyond 32,767 bytes. */
const field = (tag: number, name: string, value: Uint8Array): Uint8Array => {
  const nameBytes = new TextEncoder().encode(name);
  if (nameBytes.length > 0x7fff || value.length > 0x7fff) throw new RangeError('too long for IPP');
  const bytes = new Uint8Array(5 + nameBytes.length + value.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, tag);
  view.setUint16(1, nameBytes.length);
  bytes.set(nameBytes, 3);
  view.setUint16(3 + nameBytes.length, value.length);
  bytes.set(value, 5 + nameBytes.length);
  return bytes;
};

const encodeAttribute = ({ name, syntax, values }: IppAttribute): Uint8Array[] =>
  values.flatMap((value, index) => {
    // The second value of a set has no name.
    const parts = [field(TAG[syntax], index === 0 ? name : '', encodeValue(syntax, value))];
    if (syntax !== 'begCollection') return parts;
    for (const member of value as readonly IppAttribute[]) {
      parts.push(field(TAG.memberAttrName, '', new TextEncoder().encode(member.name)));
      parts.push(...encodeAttribute({ ...member, name: '' }));
    }
    return [...parts, field(TAG.endCollection, '', new Uint8Array())];
  });

export const encodeMessage = ({ version, code, requestId, groups, data }: IppMessage): Uint8Array => {
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  view.setUint8(0, version[0]);
  view.setUint8(1, version[1]);
  view.setUint16(2, code);
  view.setInt32(4, requestId);
  const body = groups.flatMap(({ group, attributes }) => [
    Uint8Array.of(GROUP[group]),
    ...attributes.flatMap(encodeAttribute),
  ]);
  return new Uint8Array(Buffer.concat([head, ...body, Uint8Array.of(END_OF_ATTRIBUTES), data]));
};

/** Collections inside collections beyond this are nobody's printer. */
const DEEPEST = 8;

type Cursor = { readonly bytes: Uint8Array; readonly view: DataView; at: number };
type Field = { readonly tag: number; readonly name: string; readonly value: Uint8Array };

const malformed = (reason: string): AkashiError => new AkashiError('bad-request', { ipp: reason });

const take = (cursor: Cursor, length: number): Uint8Array => {
  const end = cursor.at + length;
  if (end > cursor.bytes.length) throw malformed('cut short');
  const bytes = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return bytes;
};

const takeLength = (cursor: Cursor): number => {
  take(cursor, 2);
  return cursor.view.getUint16(cursor.at - 2);
};

const takeField = (cursor: Cursor): Field => {
  const tag = take(cursor, 1)[0] ?? 0;
  const name = new TextDecoder().decode(take(cursor, takeLength(cursor)));
  return { tag, name, value: take(cursor, takeLength(cursor)) };
};

const readMembers = (cursor: Cursor, depth: number): IppAttribute[] => {
  if (depth > DEEPEST) throw malformed('too deep');
  const members: { name: string; syntax: Syntax; values: IppValue[] }[] = [];
  let name = '';
  for (;;) {
    const next = takeField(cursor);
    if (next.tag === TAG.endCollection) return members;
    if (next.tag === TAG.memberAttrName) {
      name = new TextDecoder().decode(next.value);
      continue;
    }
    const { syntax, value } = readValue(cursor, next, depth);
    const last = members.at(-1);
    if (name === '' && last !== undefined) last.values.push(value);
    else members.push({ name, syntax, values: [value] });
    name = '';
  }
};

const readValue = (
  cursor: Cursor,
  { tag, value }: Field,
  depth: number,
): { syntax: Syntax; value: IppValue } => {
  // What a later standard adds is kept as the bytes it has.
  const syntax = nameOf(TAG, tag) ?? 'octetString';
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  if (syntax === 'begCollection') return { syntax, value: readMembers(cursor, depth + 1) };
  if (OUT_OF_BAND.includes(syntax)) return { syntax, value: null };
  if (INTEGERS.includes(syntax)) {
    if (value.length !== 4) throw malformed('an integer has four bytes');
    return { syntax, value: view.getInt32(0) };
  }
  if (syntax === 'boolean') return { syntax, value: value[0] === 1 };
  if (syntax === 'rangeOfInteger') {
    if (value.length !== 8) throw malformed('a range has eight bytes');
    return { syntax, value: { lower: view.getInt32(0), upper: view.getInt32(4) } };
  }
  if (BYTES.includes(syntax)) return { syntax, value: Uint8Array.from(value) };
  return { syntax, value: new TextDecoder().decode(value) };
};

/** Reads a message. Throws `bad-request` for anything that RFC 8010 would not let stand. */
export const decodeMessage = (bytes: Uint8Array): IppMessage => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor: Cursor = { bytes, view, at: 0 };
  take(cursor, 8);
  const groups: { group: GroupName; attributes: { name: string; syntax: Syntax; values: IppValue[] }[] }[] =
    [];
  for (;;) {
    const tag = take(cursor, 1)[0] ?? 0;
    if (tag === END_OF_ATTRIBUTES) break;
    if (tag < 0x10) {
      const group = nameOf(GROUP, tag);
      if (group === undefined) throw malformed('an unknown group');
      groups.push({ group, attributes: [] });
      continue;
    }
    cursor.at -= 1;
    const attributes = groups.at(-1)?.attributes;
    if (attributes === undefined) throw malformed('an attribute without a group');
    const next = takeField(cursor);
    const { syntax, value } = readValue(cursor, next, 0);
    const last = attributes.at(-1);
    if (next.name !== '') attributes.push({ name: next.name, syntax, values: [value] });
    else if (last === undefined) throw malformed('a value without an attribute');
    else last.values.push(value);
  }
  return {
    version: [view.getUint8(0), view.getUint8(1)],
    code: view.getUint16(2),
    requestId: view.getInt32(4),
    groups,
    data: bytes.subarray(cursor.at),
  };
};

/** The values of an attribute of the first group of a kind, none where it is absent. */
export const valuesOf = (message: IppMessage, group: GroupName, name: string): readonly IppValue[] =>
  message.groups.find((one) => one.group === group)?.attributes.find((one) => one.name === name)?.values ??
  [];
