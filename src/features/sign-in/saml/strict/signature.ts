import { createHash, verify } from 'node:crypto';
import { ExclusiveCanonicalization } from 'xml-crypto';
import { attributeOf, childrenOf, NAMESPACE, onlyChild } from './elements.ts';
import { DIGEST_METHODS, SIGNATURE_METHODS } from './shape.ts';

const { signature: namespace, exclusive } = NAMESPACE;

const child = (parent: Element, name: string): Element =>
  onlyChild(parent, namespace, name, 'signature-shape');

/** Exclusive Canonicalization §3; `method` names prefixes that are treated as the inclusive one would. */
const canonical = (element: Element, method: Element): string => {
  const lists = childrenOf(method, exclusive, 'InclusiveNamespaces').map(
    (list) => attributeOf(list, 'PrefixList') ?? '',
  );
  const prefixes = lists.join(' ').split(/\s+/).filter(Boolean);
  // Those may be declared further up, where the canonicaliser does not look.
  const ancestorNamespaces = prefixes.flatMap((prefix) => {
    const namespaceURI = element.lookupNamespaceURI(prefix);
    return namespaceURI ? [{ prefix, namespaceURI }] : [];
  });
  const options = { inclusiveNamespacesPrefixList: prefixes, ancestorNamespaces };
  return new ExclusiveCanonicalization().process(element, options);
};

/**
 * What the one signature of `signed` covers, in canonical form; null where no certificate's key made it. Call it after
 * `checkEnvelopedSignature`, which settles that the reference means `signed`: none is followed here. The signature is
 * gone from `signed` afterwards, which must not be read again; what is returned is to be gated and parsed.
 */
export const signedText = (signed: Element, certificates: readonly string[]): string | null => {
  const signature = child(signed, 'Signature');
  const info = child(signature, 'SignedInfo');
  const reference = child(info, 'Reference');
  const algorithmOf = (name: string, parent: Element): string =>
    attributeOf(child(parent, name), 'Algorithm') ?? '';
  const hash = SIGNATURE_METHODS.get(algorithmOf('SignatureMethod', info));
  const digest = DIGEST_METHODS.get(algorithmOf('DigestMethod', reference));
  if (hash === undefined || digest === undefined) return null;
  const covered = Buffer.from(canonical(info, child(info, 'CanonicalizationMethod')));
  const value = Buffer.from(child(signature, 'SignatureValue').textContent ?? '', 'base64');
  if (!certificates.some((certificate) => verify(hash, covered, certificate, value))) return null;
  const transform = childrenOf(child(reference, 'Transforms'), namespace, 'Transform').at(-1);
  if (transform === undefined) return null;
  signed.removeChild(signature);
  const text = canonical(signed, transform);
  const expected = Buffer.from(child(reference, 'DigestValue').textContent ?? '', 'base64');
  return createHash(digest).update(text).digest().equals(expected) ? text : null;
};
