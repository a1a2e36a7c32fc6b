import { X509Certificate } from 'node:crypto';
import { attributeOf, childrenOf, NAMESPACE, onlyChild, parse, walk } from './strict/elements.ts';
import type { GateLimits } from './strict/gate.ts';
import { gateBytes } from './strict/gate.ts';
import { timeOf } from './strict/text.ts';

/** What we must know of an identity provider. */
export type IdentityProvider = {
  readonly entityId: string;
  /** Where the browser is sent (HTTP-Redirect binding). */
  readonly signOnUrl: string;
  /** PEM. */
  readonly signingCertificates: readonly string[];
  /** Domains in lower case. */
  readonly scopes: readonly string[];
  readonly displayName: { readonly ja: string | null; readonly en: string | null };
};

const { metadata, signature, scope } = NAMESPACE;
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const USER_INTERFACE = 'urn:oasis:names:tc:SAML:metadata:ui';
const LIMITS: GateLimits = { bytes: 262_144, tags: 2_000, attributesPerTag: 24, depth: 24 };

/**
 * Metadata as text that has passed the same gate as a message, at other limits. Comments are cut out first
 * (Shibboleth's generated file explains itself in them, and no signature covers them).
 */
export const gateMetadata = (bytes: Uint8Array, limits: GateLimits): string => {
  if (bytes.length > limits.bytes) throw new Error(`metadata: larger than ${limits.bytes >> 10} KiB`);
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/<!--[\s\S]*?-->/g, '');
  return gateBytes(Buffer.from(text), limits);
};

/** Reads one EntityDescriptor whose `validUntil`, if any, is after `now`. Throws an Error that names what is wrong. */
export const parseIdentityProviderMetadata = (
  bytes: Uint8Array,
  now: Temporal.Instant = Temporal.Now.instant(),
): IdentityProvider => {
  const root = parse(gateMetadata(bytes, LIMITS));
  if (root.namespaceURI !== metadata || root.localName !== 'EntityDescriptor') {
    throw new Error('identity provider metadata: the root is not one EntityDescriptor');
  }
  const validUntil = attributeOf(root, 'validUntil');
  if (validUntil !== null && timeOf(validUntil) <= now.epochMilliseconds)
    throw new Error('identity provider metadata: its validUntil has passed');
  return readEntity(root);
};

/** What one EntityDescriptor says of its identity provider. */
export const readEntity = (root: Element): IdentityProvider => {
  const entityId = attributeOf(root, 'entityID');
  const descriptors = childrenOf(root, metadata, 'IDPSSODescriptor');
  const descriptor = descriptors[0];
  if (entityId === null || descriptor === undefined || descriptors.length > 1) {
    throw new Error('identity provider metadata: entityID or the one IDPSSODescriptor is missing');
  }
  const service = childrenOf(descriptor, metadata, 'SingleSignOnService').find(
    (element) => attributeOf(element, 'Binding') === REDIRECT,
  );
  const signOnUrl = service === undefined ? null : attributeOf(service, 'Location');
  if (signOnUrl === null) throw new Error('identity provider metadata: no sign-on address for HTTP-Redirect');
  const signingCertificates = certificatesOf(descriptor);
  if (signingCertificates.length === 0) throw new Error('identity provider metadata: no signing certificate');
  return {
    entityId,
    signOnUrl: checkedAddress(signOnUrl),
    signingCertificates,
    scopes: scopesOf(root),
    displayName: displayNameOf(root),
  };
};

/** Plain http would let anybody on the way name their own key. */
export const checkedAddress = (text: string): string => {
  const url = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback)) return text;
  throw new Error(`identity provider metadata: ${text} is neither https nor on this machine`);
};

const certificatesOf = (descriptor: Element): string[] => {
  const found: string[] = [];
  for (const key of childrenOf(descriptor, metadata, 'KeyDescriptor')) {
    if (attributeOf(key, 'use') === 'encryption') continue;
    walk(onlyChild(key, signature, 'KeyInfo', 'not-xml'), (element) => {
      if (element.namespaceURI !== signature || element.localName !== 'X509Certificate') return;
      found.push(checkedCertificate(element.textContent ?? ''));
    });
  }
  return found;
};

/** RSA of 2048 bits or more; the dates are not looked at, metadata being the trust (SAML Metadata IOP §2.5). */
const checkedCertificate = (base64: string): string => {
  const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
  const bits = certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (certificate.publicKey.asymmetricKeyType !== 'rsa' || bits < 2048) {
    throw new Error('identity provider metadata: a signing key is not RSA of 2048 bits or more');
  }
  return certificate.toString();
};

/** shibmd:Scope; regular expressions are left out, a campus names its domains. */
const scopesOf = (root: Element): string[] => {
  const scopes = new Set<string>();
  walk(root, (element) => {
    if (element.namespaceURI !== scope || element.localName !== 'Scope') return;
    if (attributeOf(element, 'regexp') === 'true') return;
    const domain = (element.textContent ?? '').trim().toLowerCase();
    if (domain !== '') scopes.add(domain);
  });
  return [...scopes];
};

const displayNameOf = (root: Element): IdentityProvider['displayName'] => {
  const names: { ja: string | null; en: string | null } = { ja: null, en: null };
  walk(root, (element) => {
    if (element.namespaceURI !== USER_INTERFACE || element.localName !== 'DisplayName') return;
    const language = element.getAttribute('xml:lang');
    if (language === 'ja' || language === 'en') names[language] ??= (element.textContent ?? '').trim();
  });
  return names;
};
