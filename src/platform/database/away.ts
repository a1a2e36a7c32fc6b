const AWAY = new Set([
  // Of the connection.
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  // Of the server, PostgreSQL appendix A: it is going down, was shut down, starts up.
  '57P01',
  '57P02',
  '57P03',
]);

/** pg says these without a code: the connection ended under a query, could not be made in time, or was ended before. */
const ENDED =
  /^Connection terminated|timeout exceeded when trying to connect|^Client has encountered a connection error/;

/**
 * Whether what was thrown says that the database could not be reached, or went away in the middle: the same once more
 * may succeed, and what was under way was either committed whole or not at all. SQLSTATE class 08 and 53 (no memory, no
 * disk) count as such.
 */
export const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return AWAY.has(code) || /^(08|53)[0-9A-Z]{3}$/.test(code) || ENDED.test(error.message);
};
