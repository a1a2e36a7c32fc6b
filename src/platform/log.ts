import type { Logger } from 'pino';
import { pino } from 'pino';

export type Log = Logger;

/**
 * The process's log: JSON lines on standard output. Callers log ids and codes, never names, addresses, dates of
 * birth, tokens or URLs with tokens. `level` is a pino level name.
 */
export const openLog = (level: string): Log =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
