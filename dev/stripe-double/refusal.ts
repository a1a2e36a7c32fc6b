type Failure = {
  readonly status: number;
  readonly type: string;
  readonly code?: string;
  readonly message: string;
};
/** An answer that says what was wrong with the request. */
export class Refusal extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export const invalid = (message: string, code = 'parameter_invalid', status = 400): Refusal =>
  new Refusal({ status, type: 'invalid_request_error', code, message });
