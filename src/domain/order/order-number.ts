/** Crockford's base 32: no I, L, O or U, so that a number can be read out over the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const ORDER_NUMBER_BYTES = 10;

/**
 * An order number such as `7KQ2M-4X9T3` made of 10 random bytes (50 bits are used). Throws `RangeError` for any other
 * length. It names an order; it opens nothing.
 */
export const orderNumberOf = (random: Uint8Array): string => {
  if (random.length !== ORDER_NUMBER_BYTES) throw new RangeError('an order number needs 10 random bytes');
  const letters = [...random].map((byte) => ALPHABET.charAt(byte & 31)).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
};
