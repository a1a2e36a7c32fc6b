const lengthOf = (size: number): number[] => {
  if (size < 0x80) return [size];
  if (size > 0xffff) throw new RangeError('longer than anything that is written here');
  return size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
};

/** A value of one byte of tag and up to 65,535 bytes of content, the parts one after the other (X.690 §10.1). */
export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(size)]), ...parts]);
};

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);

/** The members of a SET OF stand in the order of their bytes (X.690 §11.6). */
export const setOf = (...parts: readonly Uint8Array[]): Buffer =>
  der(0x31, ...parts.toSorted((a, b) => Buffer.compare(a, b)));

/** Bytes written as hexadecimal digits, such as an object identifier with its tag. */
export const hex = (text: string): Buffer => Buffer.from(text, 'hex');
