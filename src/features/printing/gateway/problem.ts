/** What the gateway answers instead of a result (RFC 9457); `type` is a name of docs/copier-gateway.md. */
export const PROBLEMS = {
  unauthenticated: [401, 'The request is not signed by an active key'],
  'bad-request': [400, 'The request does not have the documented form'],
  'not-printable': [404, 'Nothing can be printed with this number and PIN'],
  'device-paused': [429, 'Too many misses at this device'],
  halted: [503, 'Issuing is paused; try again later'],
  'in-use': [409, 'Another copier is printing this'],
  'stale-fence': [409, 'A later claim has replaced this one'],
  'lease-ended': [410, 'The lease has ended or the document is printed'],
  'outcome-differs': [409, 'A different outcome was already reported'],
} as const;
export type ProblemName = keyof typeof PROBLEMS;

/** Thrown inside the gateway only; its own error handler turns it into a response. */
export class GatewayProblem extends Error {
  readonly problem: ProblemName;
  constructor(problem: ProblemName) {
    super(problem);
    this.name = 'GatewayProblem';
    this.problem = problem;
  }
}

export const problemResponse = (name: ProblemName): Response => {
  const [status, title] = PROBLEMS[name];
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  };
  if (name === 'device-paused') headers['Retry-After'] = '600';
  return new Response(JSON.stringify({ type: `urn:akashi:copier:${name}`, title, status }), {
    status,
    headers,
  });
};
