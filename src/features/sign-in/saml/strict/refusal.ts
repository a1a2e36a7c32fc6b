/** Every reason for which a response is refused. For the log: the person sees one page, whatever the reason. */
export type SamlRefusal =
  // gate
  | 'too-large'
  | 'not-base64'
  | 'not-utf8'
  | 'markup'
  | 'control-character'
  | 'entity'
  | 'too-many-tags'
  | 'too-many-attributes'
  | 'too-deep'
  | 'trailing-content'
  | 'not-xml'
  // shape
  | 'response-shape'
  | 'assertion-shape'
  | 'id-attribute'
  | 'duplicate-id'
  | 'signature-place'
  | 'signature-shape'
  | 'signature-algorithm'
  | 'signature-reference'
  | 'signature-transforms'
  | 'encryption-shape'
  | 'encryption-algorithm'
  // crypto
  | 'response-not-signed'
  | 'assertion-not-signed'
  | 'encrypted-in-unsigned-response'
  | 'signature-invalid'
  | 'decryption'
  // meaning
  | 'version'
  | 'text'
  | 'time-format'
  | 'destination'
  | 'in-response-to'
  | 'issuer'
  | 'status-cancelled-or-failed'
  | 'status-authn-context'
  | 'issue-instant'
  | 'subject-confirmation'
  | 'recipient'
  | 'conditions'
  | 'not-yet-valid'
  | 'expired'
  | 'lifetime'
  | 'audience'
  | 'authn-statement'
  | 'not-fresh'
  | 'session-over'
  | 'authn-context'
  | 'attributes'
  | 'scope'
  | 'no-identifier'
  // budget
  | 'time-budget'
  | 'memory-budget'
  | 'busy'
  | 'unexpected';

/** Carries a refusal up to the one place that answers it. */
export class SamlRefused extends Error {
  readonly reason: SamlRefusal;

  constructor(reason: SamlRefusal) {
    super(reason);
    this.name = 'SamlRefused';
    this.reason = reason;
  }
}

export const refuse = (reason: SamlRefusal): never => {
  throw new SamlRefused(reason);
};
