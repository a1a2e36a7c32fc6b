import { createHash } from 'node:crypto';

export type Random = (bytes: number) => Buffer;

/** 256 random bits for a link; only their hash is stored. */
export const createToken = (random: Random): string => random(32).toString('base64url');

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Six digits, evenly: 2^48 modulo 10^6 favours none by more than 4 in 10^9. */
export const createCode = (random: Random): string =>
  String(random(6).readUIntBE(0, 6) % 1_000_000).padStart(6, '0');

/** A code alone would have a million hashes to try, the same for everybody; its request's id makes it one's own. */
export const hashCode = (requestId: string, code: string): Buffer =>
  createHash('sha256').update(`${requestId}:${code}`).digest();
