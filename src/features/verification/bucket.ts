const ALPHABET_SIZE = 32;
/** Fewer records than this in a bucket would name a certificate to us. */
const SMALLEST = 16;
const LONGEST_PREFIX = 4;

/** How many letters of a serial name its bucket, so that each holds some 16 to 512 of `records`. */
export const prefixLength = (records: number): number => {
  const buckets = Math.max(1, records / SMALLEST);
  return Math.min(LONGEST_PREFIX, Math.floor(Math.log(buckets) / Math.log(ALPHABET_SIZE)));
};

/** More than any bucket holds at the length in force; a shorter prefix than that is refused. */
export const LARGEST_BUCKET = 4096;
