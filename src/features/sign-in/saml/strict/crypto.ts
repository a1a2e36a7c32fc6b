import { decryptAssertion } from './decryption.ts';
import { childrenOf, NAMESPACE, parse } from './elements.ts';
import { gateText } from './gate.ts';
import type { SamlInput } from './input.ts';
import { refuse } from './refusal.ts';
import { checkAssertionShape, checkResponseShape } from './shape.ts';
import { signedText } from './signature.ts';

const { assertion, signature } = NAMESPACE;

/** The trees that may be read: each parsed from bytes a signature covers (policy `assertion`: see `verify`). */
export type Verified = { readonly response: Element; readonly assertion: Element | null };

/**
 * Checks every signature there is and those the policy asks for. Under the policy `assertion` a bare response's own
 * attributes are unauthenticated hints; whatever identifies the person is inside the signed assertion.
 */
export const verify = (text: string, input: SamlInput): Verified => {
  const original = parse(text);
  checkResponseShape(original);
  const { policy, signingCertificates } = input.identityProvider;
  const signedResponse = isSigned(original);
  if (!signedResponse && policy !== 'assertion') refuse('response-not-signed');
  const response = signedResponse ? verified(original, signingCertificates) : original;
  const readable = readAssertion(response, signedResponse, input);
  if (readable === null) return { response, assertion: null };
  checkAssertionShape(readable);
  if (attributeClash(response, readable)) refuse('duplicate-id');
  const signedAssertion = isSigned(readable);
  if (!signedAssertion && policy !== 'response') refuse('assertion-not-signed');
  return { response, assertion: signedAssertion ? verified(readable, signingCertificates) : readable };
};

const isSigned = (element: Element): boolean => childrenOf(element, signature, 'Signature').length === 1;

const attributeClash = (response: Element, inner: Element): boolean =>
  response.getAttribute('ID') === inner.getAttribute('ID');

/** The assertion in clear; null for an answer without one (an error status). */
const readAssertion = (response: Element, signedResponse: boolean, input: SamlInput): Element | null => {
  const clear = childrenOf(response, assertion, 'Assertion')[0];
  if (clear !== undefined) return clear;
  const encrypted = childrenOf(response, assertion, 'EncryptedAssertion')[0];
  if (encrypted === undefined) return null;
  if (!signedResponse) refuse('encrypted-in-unsigned-response');
  return parse(decryptAssertion(encrypted, input.serviceProvider.decryptionKeys));
};

/** Parses anew what was signed; the element that came in is never read again. */
const verified = (element: Element, certificates: readonly string[]): Element => {
  const text = signedTextOrNull(element, certificates);
  return text === null ? refuse('signature-invalid') : parse(gateText(text));
};

const signedTextOrNull = (element: Element, certificates: readonly string[]): string | null => {
  try {
    return signedText(element, certificates);
  } catch {
    return null;
  }
};
