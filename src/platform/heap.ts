import { setFlagsFromString } from 'node:v8';

/** Percent of what is alive. */
const GROWTH = 300;

/**
 * Lets the heap grow to four times what is alive, buffers beside it included, before all of it is looked through. V8 would
 * do so as soon as it has grown by about a half: with some 60 MB alive, and drawn pages coming and going, that is two or
 * three times a second under load, a tenth of all processor time. It reads this flag each time, so that setting it while
 * the process runs is enough.
 */
export const letHeapGrow = (): void => setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
