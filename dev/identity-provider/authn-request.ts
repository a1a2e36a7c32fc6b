import { verify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { ServiceProvider, ServiceProviderSource } from './service-provider.ts';
import { descendants, NS, parseXml } from './xml.ts';

export type AuthnRequest = {
  readonly id: string;
  readonly serviceProvider: ServiceProvider;
  readonly relayState: string | null;
  readonly forceAuthn: boolean;
  readonly authnContexts: readonly string[];
};

/** Why a request is turned away, for the page. */
export class RequestRefused extends Error {}

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/** Reads a request of the HTTP-Redirect binding (SAML Bindings §3.4) and checks its signature. */
export const readAuthnRequest = async (
  address: URL,
  source: ServiceProviderSource,
  entryPoint: string,
): Promise<AuthnRequest> => {
  const query = address.searchParams;
  const root = inflate(query.get('SAMLRequest') ?? '');
  const known = await source.read();
  const serviceProvider = isSignedBy(address, known) ? known : await source.read({ refresh: true });
  if (!isSignedBy(address, serviceProvider))
    throw new RequestRefused('The signature of the request is wrong.');
  const issuer = descendants(root, NS.assertion, 'Issuer')[0]?.textContent;
  if (issuer !== serviceProvider.entityId) throw new RequestRefused('This service is not registered here.');
  const acsUrl = root.getAttribute('AssertionConsumerServiceURL');
  if (acsUrl && acsUrl !== serviceProvider.acsUrl)
    throw new RequestRefused('The return address is not registered.');
  if (root.getAttribute('Destination') !== entryPoint)
    throw new RequestRefused('The request is for another provider.');
  const contexts = descendants(root, NS.assertion, 'AuthnContextClassRef');
  return {
    id: root.getAttribute('ID') ?? '',
    serviceProvider,
    relayState: query.get('RelayState'),
    forceAuthn: ['true', '1'].includes(root.getAttribute('ForceAuthn') ?? ''),
    authnContexts: contexts.map((context) => context.textContent ?? ''),
  };
};

const inflate = (packed: string): Element => {
  try {
    const root = parseXml(
      inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: 65_536 }).toString('utf8'),
    );
    if (root.namespaceURI === NS.protocol && root.localName === 'AuthnRequest') return root;
  } catch {
    // the same page for everything unreadable
  }
  throw new RequestRefused('This is not a sign-in request. Begin at the service.');
};

/** The signature covers the query as it was sent, so the raw text is cut, not encoded again (§3.4.4.1). */
const isSignedBy = (address: URL, serviceProvider: ServiceProvider): boolean => {
  const raw = address.search.slice(1).split('&');
  const part = (name: string): string[] => raw.filter((field) => field.startsWith(`${name}=`)).slice(0, 1);
  const signed = ['SAMLRequest', 'RelayState', 'SigAlg'].flatMap(part).join('&');
  if (address.searchParams.get('SigAlg') !== RSA_SHA256) return false;
  const signature = Buffer.from(address.searchParams.get('Signature') ?? '', 'base64');
  return serviceProvider.signingCertificates.some((certificate) =>
    verify('sha256', Buffer.from(signed), certificate, signature),
  );
};
