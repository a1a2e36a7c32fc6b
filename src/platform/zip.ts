import { crc32 } from 'node:zlib';

export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array };

/** "UTF-8 names" of the general purpose flags, and the version that knows no more than stored files (APPNOTE 4.4.4). */
const UTF8_NAMES = 0x0800;
const VERSION = 20;

/** MS-DOS date and time of a wall clock, two seconds exact (APPNOTE 4.4.6). */
const dosTime = (at: Temporal.PlainDateTime): readonly [number, number] => [
  (at.hour << 11) | (at.minute << 5) | (at.second >> 1),
  ((at.year - 1980) << 9) | (at.month << 5) | at.day,
];

const u16 = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) buffer.writeUInt16LE(value, index * 2);
  return buffer;
};
const u32 = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeUInt32LE(value >>> 0, index * 4);
  return buffer;
};

/**
 * One ZIP file (APPNOTE 6.3.10) of stored, uncompressed entries: a PDF does not get smaller, and its bytes stay findable.
 * `at` is written as the time of every entry, in the zone of the reader's choice. Throws `RangeError` beyond 65,535
 * entries or 4 GiB, for which ZIP64 would be needed.
 */
export const storeZip = (entries: readonly ZipEntry[], at: Temporal.PlainDateTime): Uint8Array => {
  const size = entries.reduce((sum, { bytes }) => sum + bytes.length + 200, 0);
  if (entries.length > 0xffff || size > 0xffff_ffff) throw new RangeError('too much for a ZIP file');
  const [time, date] = dosTime(at);
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const path = Buffer.from(name);
    const common = Buffer.concat([
      u16(UTF8_NAMES, 0, time, date),
      u32(crc32(bytes), bytes.length, bytes.length),
      u16(path.length, 0),
    ]);
    const head = Buffer.concat([u32(0x04034b50), u16(VERSION), common, path]);
    files.push(head, Buffer.from(bytes));
    directory.push(u32(0x02014b50), u16(VERSION, VERSION), common, u16(0, 0, 0), u32(0, offset), path);
    offset += head.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  const count = entries.length;
  const end = [u32(0x06054b50), u16(0, 0, count, count), u32(list.length, offset), u16(0)];
  return new Uint8Array(Buffer.concat([...files, list, ...end]));
};
