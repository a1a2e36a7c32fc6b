import { AkashiError } from '#domain/error.ts';
import type { Clock } from '#platform/clock.ts';
import type { CampusIdentity, ServiceProvider } from './begin-sign-in.ts';
import { assertionPath, metadataPath } from './paths.ts';
import type { IdentityProvider, SamlReader, ServiceProviderKeys, SignaturePolicy } from './saml/index.ts';
import {
  buildSignInRequest,
  identityOf,
  loadIdentityProviderMetadata,
  loadOrCreateServiceProviderKeys,
  openSamlReader,
  serviceProviderMetadata,
} from './saml/index.ts';

type Bilingual = { readonly ja: string; readonly en: string };

export type ServiceProviderOptions = {
  readonly baseUrl: string;
  readonly keyFolder: string;
  readonly clock: Clock;
  /** A file or URL, and what that provider signs. */
  readonly identityProvider: { readonly metadata: string; readonly policy: SignaturePolicy };
  readonly displayName: Bilingual;
  readonly description: Bilingual;
  readonly organizationName: Bilingual;
  readonly contact: { readonly name: string; readonly mail: string };
};

/** Metadata is fetched at the first sign-in and kept this long; the last good copy outlives a failed refresh. */
const METADATA_LIFE_MINUTES = 60;

/** Our side of SAML towards one campus identity provider. */
export const openServiceProvider = async (options: ServiceProviderOptions): Promise<ServiceProvider> => {
  const { baseUrl, clock } = options;
  const keys = await loadOrCreateServiceProviderKeys(options.keyFolder, clock);
  const reader = openSamlReader();
  const provider = keepMetadata(options);
  const entityId = `${baseUrl}${metadataPath()}`;
  const acsUrl = `${baseUrl}${assertionPath()}`;
  const metadata = serviceProviderMetadata({
    entityId,
    acsUrl,
    keys,
    displayName: options.displayName,
    description: options.description,
    organizationName: options.organizationName,
    organizationUrl: baseUrl,
    contacts: [{ kind: 'technical', ...options.contact }],
  });
  return {
    metadata: () => metadata,
    request: async ({ forceAuthn }) => {
      const { entityId: identityProvider, signOnUrl } = await provider();
      const now = clock.now();
      const signingKeyPem = keys.signing.privateKeyPem;
      const request = buildSignInRequest({
        entryPoint: signOnUrl,
        acsUrl,
        entityId,
        signingKeyPem,
        now,
        forceAuthn,
      });
      return { ...request, identityProvider };
    },
    read: async (posted) =>
      readResponse({ ...posted, entityId, acsUrl, keys, reader, provider: await provider() }, options),
    close: () => reader.close(),
  };
};

const keepMetadata = ({
  identityProvider,
  clock,
}: ServiceProviderOptions): (() => Promise<IdentityProvider>) => {
  let known: { readonly provider: IdentityProvider; readonly at: Temporal.Instant } | undefined;
  return async () => {
    const now = clock.now();
    if (known !== undefined && now.since(known.at).total('minutes') < METADATA_LIFE_MINUTES)
      return known.provider;
    try {
      known = { provider: await loadIdentityProviderMetadata(identityProvider.metadata), at: now };
      return known.provider;
    } catch (cause) {
      if (known !== undefined) return known.provider;
      throw new AkashiError('unavailable', { reason: 'identity provider metadata' }, { cause });
    }
  };
};

type Posted = Parameters<ServiceProvider['read']>[0] & {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly keys: ServiceProviderKeys;
  readonly reader: SamlReader;
  readonly provider: IdentityProvider;
};

const readResponse = async (posted: Posted, options: ServiceProviderOptions): Promise<CampusIdentity> => {
  const { keys, provider } = posted;
  if (posted.identityProvider !== provider.entityId) throw new AkashiError('sign-in-expired');
  const decryption = [
    keys.encryption,
    ...(keys.previousEncryption === null ? [] : [keys.previousEncryption]),
  ];
  const result = await posted.reader.read({
    response: posted.response,
    now: posted.now.epochMilliseconds,
    serviceProvider: {
      entityId: posted.entityId,
      acsUrl: posted.acsUrl,
      decryptionKeys: decryption.map((pair) => pair.privateKeyPem),
    },
    identityProvider: { ...provider, policy: options.identityProvider.policy },
    transaction: {
      requestId: posted.requestId,
      issuedAt: posted.issuedAt.epochMilliseconds,
      forceAuthn: posted.forceAuthn,
      authnContexts: [],
    },
  });
  if (!result.ok) throw new AkashiError('sign-in-failed', { refusal: result.reason });
  const { assertion } = result;
  const identity = identityOf(assertion);
  if (identity.principalName === null)
    throw new AkashiError('sign-in-failed', { refusal: 'no-principal-name' });
  return {
    ...identity,
    principalName: identity.principalName,
    assertionId: assertion.assertionId,
    expiresAt: Temporal.Instant.fromEpochMilliseconds(assertion.notOnOrAfter),
  };
};
