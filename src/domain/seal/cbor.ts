/** The part of CBOR (RFC 8949 § 4.2.1, deterministic) that seals use. */
export type CborValue = number | string | null | Uint8Array | CborValue[] | Map<number, CborValue>;

function head(major: number, value: number): number[] {
  const lead = major << 5;
  if (value < 24) return [lead | value];
  if (value < 0x100) return [lead | 24, value];
  if (value < 0x10000) return [lead | 25, value >> 8, value & 255];
  if (value > 0xffffffff) throw new RangeError('integer beyond 32 bits');
  return [lead | 26, value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function integer(value: number): number[] {
  if (!Number.isSafeInteger(value)) throw new RangeError('not an integer');
  return value >= 0 ? head(0, value) : head(1, -1 - value);
}

function parts(value: CborValue): number[] {
  if (value === null) return [0xf6];
  if (typeof value === 'number') return integer(value);
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value);
    return [...head(3, bytes.length), ...bytes];
  }
  if (value instanceof Uint8Array) return [...head(2, value.length), ...value];
  if (Array.isArray(value)) return [...head(4, value.length), ...value.flatMap(parts)];
  // Small unsigned and negative labels sort by their encoded bytes.
  const entries = [...value].map(([label, item]) => ({ label: integer(label), item: parts(item) }));
  entries.sort((a, b) => compare(a.label, b.label));
  return [...head(5, entries.length), ...entries.flatMap((entry) => [...entry.label, ...entry.item])];
}

function compare(a: number[], b: number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    if (a[index] !== b[index]) return (a[index] ?? 0) - (b[index] ?? 0);
  }
  return a.length - b.length;
}

/** Deterministic encoding of `value`; integers up to 32 bits. */
export function encodeCbor(value: CborValue): Uint8Array {
  return new Uint8Array(parts(value));
}

type Reader = { bytes: Uint8Array; at: number };

function take(reader: Reader, count: number): Uint8Array {
  if (reader.at + count > reader.bytes.length) throw new RangeError('CBOR ends early');
  reader.at += count;
  return reader.bytes.slice(reader.at - count, reader.at);
}

function readArgument(reader: Reader, info: number): number {
  if (info < 24) return info;
  if (info > 26) throw new RangeError('CBOR length not allowed');
  return take(reader, 1 << (info - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
}

function readItem(reader: Reader, depth: number): CborValue {
  if (depth > 4) throw new RangeError('CBOR too deep');
  const lead = take(reader, 1)[0] ?? 0;
  if (lead === 0xf6) return null;
  const major = lead >> 5;
  const argument = readArgument(reader, lead & 31);
  if (major === 0) return argument;
  if (major === 1) return -1 - argument;
  if (major === 2) return take(reader, argument);
  if (major === 3)
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(take(reader, argument));
  if (argument > reader.bytes.length) throw new RangeError('CBOR ends early');
  if (major === 4) return Array.from({ length: argument }, () => readItem(reader, depth + 1));
  if (major !== 5) throw new RangeError('CBOR type not allowed');
  const map = new Map<number, CborValue>();
  for (let index = 0; index < argument; index++) {
    const label = readItem(reader, depth + 1);
    if (typeof label !== 'number') throw new RangeError('CBOR label not an integer');
    map.set(label, readItem(reader, depth + 1));
  }
  return map;
}

/** Strict decoder: throws RangeError or TypeError unless `bytes` is exactly the deterministic form of its value. */
export function decodeCbor(bytes: Uint8Array): CborValue {
  const value = readItem({ bytes, at: 0 }, 0);
  const again = encodeCbor(value);
  if (again.length !== bytes.length || again.some((byte, index) => byte !== bytes[index])) {
    throw new RangeError('CBOR not in deterministic form');
  }
  return value;
}
