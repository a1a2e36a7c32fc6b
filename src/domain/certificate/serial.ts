/** Crockford's base 32: no I, L, O, U, so that nothing printed is mistaken for something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

/**
 * The serial of one paid copy, such as `7KQ2-MX4T-9C3B`: 60 random bits in three groups. `bytes` are at least 12
 * random ones, of which five bits each are used.
 */
export const serialOf = (bytes: Uint8Array): string => {
  if (bytes.length < LENGTH) throw new RangeError('a serial needs 12 random bytes');
  const letters = Array.from(bytes.subarray(0, LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
};
