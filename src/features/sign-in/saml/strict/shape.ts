import { attributeOf, childrenOf, elementsOf, NAMESPACE, onlyChild, walk } from './elements.ts';
import { refuse } from './refusal.ts';

const { protocol, assertion, signature, encryption, exclusive } = NAMESPACE;

/** Each with its hash, of RSA signatures of PKCS #1 v1.5. */
export const SIGNATURE_METHODS: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', 'sha512'],
]);
export const DIGEST_METHODS: ReadonlyMap<string, string> = new Map([
  [`${encryption}sha256`, 'sha256'],
  [`${encryption}sha512`, 'sha512'],
]);
const TRANSFORMS = [`${signature}enveloped-signature`, exclusive];

const PREFIX: Record<string, string> = { [protocol]: 'samlp', [assertion]: 'saml', [signature]: 'ds' };

/** The children of an element as one line, so that a regular expression can say what is allowed. */
const outline = (element: Element): string =>
  elementsOf(element)
    .map((child) => `${PREFIX[child.namespaceURI ?? ''] ?? 'unknown'}:${child.localName}`)
    .join(' ');

/** SAML Core §3.2.2, narrowed: no Extensions, and at most one assertion. */
export const checkResponseShape = (root: Element): void => {
  if (root.namespaceURI !== protocol || root.localName !== 'Response') refuse('response-shape');
  const allowed = /^saml:Issuer( ds:Signature)? samlp:Status( saml:(Assertion|EncryptedAssertion))?$/;
  if (!allowed.test(outline(root))) refuse('response-shape');
  checkOnlyOne(root);
  checkIds(root);
  checkSignatures(root);
};

/** SAML Core §2.3.3, narrowed: no Advice, one AuthnStatement, at most one AttributeStatement. */
export const checkAssertionShape = (root: Element): void => {
  if (root.namespaceURI !== assertion || root.localName !== 'Assertion') refuse('assertion-shape');
  const statements = '( saml:AttributeStatement)? saml:AuthnStatement( saml:AttributeStatement)?';
  const allowed = new RegExp(`^saml:Issuer( ds:Signature)? saml:Subject saml:Conditions${statements}$`);
  if (!allowed.test(outline(root))) refuse('assertion-shape');
  if (childrenOf(root, assertion, 'AttributeStatement').length > 1) refuse('assertion-shape');
  if (attributeOf(root, 'ID') === null) refuse('id-attribute');
  checkOnlyOne(root);
  checkIds(root);
  checkSignatures(root);
};

/** A second message inside the message is how signature wrapping begins, wherever it hides. */
const checkOnlyOne = (root: Element): void => {
  let messages = 0;
  let assertions = 0;
  walk(root, (element) => {
    if (element.localName === 'Response') messages += 1;
    if (element.localName === 'Assertion' || element.localName === 'EncryptedAssertion') assertions += 1;
  });
  if (messages > 1) refuse('response-shape');
  if (assertions > 1) refuse('assertion-shape');
};

/** Ids are unique in the document, without namespace, and spelt `ID` outside signatures and encryption. */
const checkIds = (root: Element): void => {
  const seen = new Set<string>();
  walk(root, (element) => {
    const foreign = element.namespaceURI === signature || element.namespaceURI === encryption;
    for (const attribute of Array.from(element.attributes)) {
      if (!/^(?:.*:)?id$/i.test(attribute.name)) continue;
      if (attribute.namespaceURI || (!foreign && attribute.name !== 'ID')) refuse('id-attribute');
      if (!/^[A-Za-z_][A-Za-z0-9._-]{0,255}$/.test(attribute.value)) refuse('id-attribute');
      if (seen.has(attribute.value)) refuse('duplicate-id');
      seen.add(attribute.value);
    }
  });
};

const checkSignatures = (root: Element): void =>
  walk(root, (element) => {
    if (element.namespaceURI === signature && element.localName === 'Signature') checkSignature(element);
  });

const algorithmOf = (parent: Element, name: string): string =>
  attributeOf(onlyChild(parent, signature, name, 'signature-shape'), 'Algorithm') ?? '';

/** One enveloped signature over exactly its parent (SAML Core §5.4), and nothing the verifier could trip over. */
const checkSignature = (element: Element): void => {
  const parent = element.parentNode as Element;
  const signsResponse = parent.namespaceURI === protocol && parent.localName === 'Response';
  const signsAssertion = parent.namespaceURI === assertion && parent.localName === 'Assertion';
  if (!signsResponse && !signsAssertion) refuse('signature-place');
  checkEnvelopedSignature(element, parent);
};

/** A Signature that covers exactly `parent`, in the one form we take. */
export const checkEnvelopedSignature = (element: Element, parent: Element): void => {
  if (!/^ds:SignedInfo ds:SignatureValue( ds:KeyInfo)?$/.test(outline(element))) refuse('signature-shape');
  const info = onlyChild(element, signature, 'SignedInfo', 'signature-shape');
  if (outline(info) !== 'ds:CanonicalizationMethod ds:SignatureMethod ds:Reference')
    refuse('signature-shape');
  if (algorithmOf(info, 'CanonicalizationMethod') !== exclusive) refuse('signature-algorithm');
  if (!SIGNATURE_METHODS.has(algorithmOf(info, 'SignatureMethod'))) refuse('signature-algorithm');
  const reference = onlyChild(info, signature, 'Reference', 'signature-shape');
  if (outline(reference) !== 'ds:Transforms ds:DigestMethod ds:DigestValue') refuse('signature-shape');
  const id = attributeOf(parent, 'ID');
  if (id === null || attributeOf(reference, 'URI') !== `#${id}`) refuse('signature-reference');
  if (!DIGEST_METHODS.has(algorithmOf(reference, 'DigestMethod'))) refuse('signature-algorithm');
  checkTransforms(onlyChild(reference, signature, 'Transforms', 'signature-shape'));
};

const checkTransforms = (transforms: Element): void => {
  const children = elementsOf(transforms);
  if (children.some((child) => child.localName !== 'Transform')) refuse('signature-transforms');
  const algorithms = children.map((child) => attributeOf(child, 'Algorithm'));
  if (algorithms.join(' ') !== TRANSFORMS.join(' ')) refuse('signature-transforms');
  // OpenSAML adds a prefix list to the canonicalisation; nothing else belongs here.
  const inside = children.flatMap(elementsOf);
  const harmless = (child: Element): boolean =>
    child.namespaceURI === exclusive && child.localName === 'InclusiveNamespaces';
  if (!inside.every(harmless)) refuse('signature-transforms');
};
