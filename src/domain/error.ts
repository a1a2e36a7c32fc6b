/** Every way in which a request can be refused, and the HTTP status that says so. Closed: a new one is added here. */
export const ERROR_STATUS = {
  'bad-request': 400,
  'form-expired': 403,
  'not-allowed': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'wrong-state': 409,
  gone: 410,
  'too-large': 413,
  'too-many-requests': 429,
  'sign-in-failed': 403,
  'sign-in-expired': 400,
  /** The provider answered that it did not sign the person in: cancelled, no consent, refused. */
  'sign-in-cancelled': 403,
  /** The provider could not show a second factor that was asked for. */
  'second-factor-missing': 403,
  /** The provider's answer lacks what we need to know who somebody is. */
  'sign-in-incomplete': 403,
  /** A step-up came back as somebody else. */
  'another-person': 403,
  /** A principal name that used to belong to somebody else. */
  'name-reassigned': 403,
  'person-unknown': 403,
  'session-expired': 401,
  unavailable: 503,
  unexpected: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/**
 * The one error type. `code` chooses the page and status the person sees; `detail` is for the log only and must
 * hold no personal data; only the web layer turns it into a response.
 */
export class AkashiError extends Error {
  readonly code: ErrorCode;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;

  constructor(code: ErrorCode, detail: AkashiError['detail'] = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(detail)}`, options);
    this.name = 'AkashiError';
    this.code = code;
    this.detail = detail;
  }
}
