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

/** Draws a whole number in [0, below). */
export type DrawInteger = (below: number) => number;

const drawDigits = (draw: DrawInteger, count: number): string =>
  Array.from({ length: count }, () => String(draw(10))).join('');

/** A print number: 12 digits, the last of which checks the other 11. */
export const createPrintNumber = (draw: DrawInteger): string => {
  const digits = drawDigits(draw, 11);
  return `${digits}${checkDigit(digits)}`;
};

/** A PIN of 4 digits; any, also 0000: leaving some out would only make guessing easier. */
export const createPin = (draw: DrawInteger): string => drawDigits(draw, 4);

/** True for 12 ASCII digits whose check digit fits. */
export const isPrintNumber = (text: string): boolean => /^[0-9]{12}$/.test(text) && checkDigit(text) === 0;

/** What a person typed, with full-width digits made plain and everything else but digits left out. */
export const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/[^0-9]/g, '');

/** The number in its three groups of four. */
export const groupsOf = (printNumber: string): readonly string[] => printNumber.match(/.{1,4}/g) ?? [];
