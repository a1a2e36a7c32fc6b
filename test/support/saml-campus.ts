import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { providerMetadata } from '#dev/identity-provider/metadata.ts';
import { planResponse, writeResponse } from '#dev/identity-provider/response.ts';
import type { PlannedAttribute, ResponsePlan } from '#dev/identity-provider/response-plan.ts';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import type { University } from '#src/config.ts';

export type Campus = {
  readonly entityId: string;
  readonly keys: KeyAndCertificate;
  /** What `university.yaml` would say of it. */
  readonly configured: University['identityProviders'][number];
};

type Policy = University['identityProviders'][number]['policy'];

/** A campus identity provider without a server: its keys, and metadata in a file. */
export const createCampus = (
  name: string,
  policy: Policy = 'response',
  scope = 'akatsuki.example',
): Campus => {
  const entityId = `https://${name}.akatsuki.example/idp`;
  const keys = createSelfSigned(name, Temporal.Now.instant().subtract({ hours: 1 }));
  const metadata = join(mkdtempSync(join(tmpdir(), 'akashi-campus-')), 'metadata.xml');
  writeFileSync(
    metadata,
    providerMetadata({
      entityId,
      signOnUrl: `https://${name}.akatsuki.example/sso`,
      certificatePem: keys.certificatePem,
      scopes: [scope],
      universityNameJa: '暁月大学',
    }),
  );
  const displayName = { ja: `認証 ${name}`, en: `Sign-in ${name}` };
  return { entityId, keys, configured: { entityId, metadata, policy, displayName } };
};

/** The sample university's third-year undergraduate. */
export const STUDENT: readonly PlannedAttribute[] = [
  {
    name: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6',
    friendlyName: 'eduPersonPrincipalName',
    values: ['a0123456@akatsuki.example'],
  },
  {
    name: 'urn:oid:1.3.6.1.4.1.32264.1.1.6',
    friendlyName: 'gakuninScopedPersonalUniqueCode',
    values: ['student:1029310001@akatsuki.example'],
  },
];

export type Begun = {
  /** The browser's cookies. */
  readonly cookie: string;
  readonly requestId: string;
  readonly forceAuthn: boolean;
  readonly authnContexts: readonly string[];
  /** Where the browser was sent. */
  readonly url: URL;
};

export const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

/** Begins to sign in as a browser does, and reads the request that it carries to the campus. */
export const beginAt = async (address: string, path = '/sign-in', cookie = ''): Promise<Begun> => {
  const answer = await fetch(`${address}${path}`, { headers: { cookie }, redirect: 'manual' });
  const url = new URL(answer.headers.get('location') ?? '/', address);
  const packed = url.searchParams.get('SAMLRequest');
  if (packed === null) throw new Error(`${path} answered ${answer.status} to ${url.href}`);
  const xml = inflateRawSync(Buffer.from(packed, 'base64')).toString();
  return {
    cookie: [cookie, cookiesOf(answer)].filter(Boolean).join('; '),
    requestId: /\bID="([^"]*)"/.exec(xml)?.[1] ?? '',
    forceAuthn: xml.includes('ForceAuthn="true"'),
    authnContexts: [...xml.matchAll(/<saml:AuthnContextClassRef>([^<]*)</g)].map(
      ([, context]) => context ?? '',
    ),
    url,
  };
};

/** A right response to a request, as a plan to be carried out or spoilt. */
export const rightPlan = (
  campus: Campus,
  service: { readonly baseUrl: string; readonly encryptionCertificate: string },
  requestId: string,
  attributes: readonly PlannedAttribute[] = STUDENT,
  now = Date.now(),
): ResponsePlan =>
  planResponse({
    issuer: campus.entityId,
    acsUrl: `${service.baseUrl}/saml/acs`,
    audience: `${service.baseUrl}/saml/metadata`,
    inResponseTo: requestId,
    now,
    authnInstant: now,
    authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    attributes,
    keys: campus.keys,
    encryptionCertificate: service.encryptionCertificate,
  });

/** A right response, as a browser carries it. */
export const responseTo = async (...plan: Parameters<typeof rightPlan>): Promise<string> =>
  Buffer.from(await writeResponse(rightPlan(...plan))).toString('base64');

/** The certificates that the service announces for a use, the first one first. */
export const announcedCertificates = async (
  address: string,
  use: 'signing' | 'encryption',
): Promise<string[]> => {
  const metadata = await (await fetch(`${address}/saml/metadata`)).text();
  const found = metadata.matchAll(new RegExp(`use="${use}">.*?<ds:X509Certificate>([^<]+)<`, 'g'));
  return [...found].map(([, body]) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
};

export const encryptionCertificatesOf = (address: string): Promise<string[]> =>
  announcedCertificates(address, 'encryption');

/** Posts a response as the browser does for the campus. */
export const postTo = (
  address: string,
  response: string,
  cookie: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(`${address}/saml/acs`, {
    method: 'POST',
    body: new URLSearchParams({ SAMLResponse: response }),
    headers: { cookie, origin: 'null', 'sec-fetch-site': 'cross-site', ...headers },
    redirect: 'manual',
  });
