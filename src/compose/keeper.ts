import type { Keeper } from '#platform/keys/kept-bytes.ts';
import { existingBytes, keptBytes } from '#platform/keys/kept-bytes.ts';
import type { Environment } from '#src/config.ts';

/** What becomes of a key that is not there: made for trying the service out, refused where certificates are real. */
export const keeperOf = ({ mode }: Pick<Environment, 'mode'>): Keeper =>
  mode === 'production' ? existingBytes : keptBytes;
