// Damm's totally anti-symmetric quasigroup of order 10 (H. M. Damm, 2004): finds every single wrong digit and every
// exchange of neighbours.
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
].map((row) => Array.from(row, Number));

const checkDigit = (digits: string): number => {
  let interim = 0;
  for (const digit of digits) interim = DAMM[interim]?.[Number(digit)] ?? 0;
  return interim;
};

/** Drawn digits of a print number (the twelfth checks them) and digits of a PIN. */
const NUMBER_DIGITS = 11;
const PIN_DIGITS = 4;

/**
 * How often somebody who tries `guesses` different well-formed numbers with PINs is expected to hit one of `live` open
 * jobs, without any lock-out.
 */
export const expectedHits = (guesses: number, live: number): number =>
  (guesses * live) / (10 ** NUMBER_DIGITS * 10 ** PIN_DIGITS);

/** Draws a whole number in [0, below). */
export type DrawInteger = (below: number) => number;

const drawDigits = (draw: DrawInteger, count: number): string =>
  Array.from({ length: count }, () => String(draw(10))).join('');

/** A print number: 12 digits, the last of which checks the other 11. */
export const createPrintNumber = (draw: DrawInteger): string => {
  const digits = drawDigits(draw, NUMBER_DIGITS);
  return `${digits}${checkDigit(digits)}`;
};

/** A PIN of 4 digits; any, also 0000: leaving some out would only make guessing easier. */
export const createPin = (draw: DrawInteger): string => drawDigits(draw, PIN_DIGITS);

/** True for 12 ASCII digits whose check digit fits. */
export const isPrintNumber = (text: string): boolean => /^[0-9]{12}$/.test(text) && checkDigit(text) === 0;

/** What a person typed, with full-width digits made plain and everything else but digits left out. */
export const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/[^0-9]/g, '');

/** The number in its three groups of four. */
export const groupsOf = (printNumber: string): readonly string[] => printNumber.match(/.{1,4}/g) ?? [];
