import type { EncryptionAlgorithm } from 'xml-encryption';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';

export type PlannedAttribute = {
  readonly name: string;
  readonly friendlyName: string;
  readonly values: readonly string[];
};

/** Every decision in a response, so that each can be taken wrongly on purpose. Times are epoch milliseconds. */
export type ResponsePlan = {
  readonly responseId: string;
  readonly assertionId: string;
  readonly version: string;
  readonly responseIssuer: string;
  readonly assertionIssuer: string;
  readonly destination: string | null;
  readonly inResponseTo: string | null;
  readonly confirmationInResponseTo: string | null;
  readonly confirmationMethod: string;
  readonly confirmations: number;
  readonly recipient: string | null;
  readonly audience: string | null;
  readonly issuedAt: number;
  readonly notBefore: number | null;
  readonly notOnOrAfter: number | null;
  readonly confirmationNotOnOrAfter: number | null;
  readonly authnInstant: number;
  readonly authnContext: string;
  readonly sessionIndex: string;
  /** XML inside the NameID element. */
  readonly nameId: string;
  readonly attributes: readonly PlannedAttribute[];
  /** null: success. */
  readonly status: { readonly code: string; readonly inner: string; readonly message: string } | null;
  readonly withAssertion: boolean;
  readonly signResponse: boolean;
  readonly signAssertion: boolean;
  readonly keys: KeyAndCertificate;
  readonly signatureAlgorithm: string;
  readonly digestAlgorithm: string;
  readonly transforms: readonly string[];
  readonly encryption: EncryptionAlgorithm | null;
  readonly encryptionCertificate: string;
  readonly editAssertion: (xml: string) => string;
  readonly editSignedAssertion: (xml: string) => string;
  readonly editSignedResponse: (xml: string) => string;
};
