// The library's own verifier (it refuses ambiguous references and returns the bytes that were signed) without its
// SAML object, whose clock, cache and decryption cannot be passed in.
import { getVerifiedXml } from '@node-saml/node-saml/lib/xml.js';
import { decryptAssertion } from './decryption.ts';
import { childrenOf, NAMESPACE, parse } from './elements.ts';
import { gateText } from './gate.ts';
import type { SamlInput } from './input.ts';
import { refuse } from './refusal.ts';
import { checkAssertionShape, checkResponseShape } from './shape.ts';

const { assertion, signature } = NAMESPACE;

/** The trees that may be read: each parsed from bytes a signature covers (policy `assertion`: see `verify`). */
export type Verified = { readonly response: Element; readonly assertion: Element | null };

type Message = { readonly text: string; readonly root: Element };

/**
 * Checks every signature there is and those the policy asks for. Under the policy `assertion` a bare response's own
 * attributes are unauthenticated hints; whatever identifies the person is inside the signed assertion.
 */
export const verify = (text: string, input: SamlInput): Verified => {
  const original: Message = { text, root: parse(text) };
  checkResponseShape(original.root);
  const { policy, signingCertificates } = input.identityProvider;
  const signedResponse = isSigned(original.root);
  if (!signedResponse && policy !== 'assertion') refuse('response-not-signed');
  const response = signedResponse ? verifiedMessage(original, original.root, signingCertificates) : original;
  const readable = readAssertion(response, signedResponse, input);
  if (readable === null) return { response: response.root, assertion: null };
  checkAssertionShape(readable.root);
  if (attributeClash(response.root, readable.root)) refuse('duplicate-id');
  const signedAssertion = isSigned(readable.root);
  if (!signedAssertion && policy !== 'response') refuse('assertion-not-signed');
  const checked = signedAssertion
    ? verifiedMessage(readable.within, readable.root, signingCertificates)
    : readable;
  return { response: response.root, assertion: checked.root };
};

const isSigned = (element: Element): boolean => childrenOf(element, signature, 'Signature').length === 1;

const attributeClash = (response: Element, inner: Element): boolean =>
  response.getAttribute('ID') === inner.getAttribute('ID');

type Readable = { readonly root: Element; readonly within: Message };

/** The assertion in clear and the document it stands in; null for an answer without one (an error status). */
const readAssertion = (response: Message, signedResponse: boolean, input: SamlInput): Readable | null => {
  const clear = childrenOf(response.root, assertion, 'Assertion')[0];
  if (clear !== undefined) return { root: clear, within: response };
  const encrypted = childrenOf(response.root, assertion, 'EncryptedAssertion')[0];
  if (encrypted === undefined) return null;
  if (!signedResponse) refuse('encrypted-in-unsigned-response');
  const text = decryptAssertion(encrypted, input.serviceProvider.decryptionKeys);
  const root = parse(text);
  return { root, within: { text, root } };
};

/** Parses anew what the verifier says was signed; the tree that came in is never read again. */
const verifiedMessage = (message: Message, element: Element, certificates: readonly string[]): Message => {
  const bytes = verifiedBytes(message.text, element, certificates);
  if (bytes === null) return refuse('signature-invalid');
  const text = gateText(bytes);
  return { text, root: parse(text) };
};

const verifiedBytes = (text: string, element: Element, certificates: readonly string[]): string | null => {
  try {
    return getVerifiedXml(text, element, [...certificates]);
  } catch {
    return null;
  }
};
