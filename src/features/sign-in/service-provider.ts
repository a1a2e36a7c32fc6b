import { createPrivateKey } from 'node:crypto';
import type { Bilingual } from '#domain/bilingual.ts';
import { AkashiError } from '#domain/error.ts';
import type { Clock } from '#platform/clock.ts';
import type { CampusIdentity, ProviderChoice, ServiceProvider } from './begin-sign-in.ts';
import { assertionPath, discoveryPath, metadataPath } from './paths.ts';
import { codeOfRefusal } from './refusal-code.ts';
import type {
  DirectoryOptions,
  IdentityProvider,
  SamlAssertion,
  ServiceProviderKeys,
  SignaturePolicy,
} from './saml/index.ts';
import {
  buildSignInRequest,
  decryptionKeysOf,
  identityOf,
  loadOrCreateServiceProviderKeys,
  openProviderDirectory,
  openSamlReader,
  serviceProviderMetadata,
} from './saml/index.ts';

export type ServiceProviderOptions = {
  readonly baseUrl: string;
  readonly keyFolder: string;
  /** For last good copies of metadata. */
  readonly cacheFolder: string;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
  /** Each with its metadata (a file, an address, or `federation`) and what it signs. At least one. */
  readonly identityProviders: readonly (ProviderChoice & {
    readonly metadata: string;
    readonly policy: SignaturePolicy;
  })[];
  readonly federation: (DirectoryOptions['federation'] & { readonly discovery: string | null }) | null;
  readonly displayName: Bilingual;
  readonly description: Bilingual;
  readonly organizationName: Bilingual;
  readonly contact: { readonly name: string; readonly mail: string };
};

const REFRESH_EVERY = 3_600_000; // milliseconds

/** Our side of SAML towards the campus identity providers. */
export const openServiceProvider = async (options: ServiceProviderOptions): Promise<ServiceProvider> => {
  const { baseUrl, clock, identityProviders, federation } = options;
  if (identityProviders.length === 0) throw new Error('university.yaml names no identity provider');
  const keys = await loadOrCreateServiceProviderKeys(options.keyFolder, clock);
  // Read once: OpenSSL checks a key that it reads, which takes as long as a signature by it.
  const signingKey = createPrivateKey(keys.signing.privateKeyPem);
  const decryptionKeys = decryptionKeysOf(keys);
  const reader = openSamlReader();
  const directory = openProviderDirectory({
    providers: identityProviders,
    federation,
    folder: options.cacheFolder,
    clock,
    report: options.report,
  });
  const timer = setInterval(() => void directory.refresh(), REFRESH_EVERY);
  timer.unref();
  const entityId = `${baseUrl}${metadataPath()}`;
  const acsUrl = `${baseUrl}${assertionPath()}`;
  const metadata = describe(options, keys, { entityId, acsUrl });
  const discovery = federation?.discovery ?? null;

  const find = async (wanted: string): Promise<IdentityProvider & { readonly policy: SignaturePolicy }> => {
    const configured = identityProviders.find((provider) => provider.entityId === wanted);
    // Somebody began to sign in, and then the configuration changed.
    if (configured === undefined) throw new AkashiError('sign-in-expired');
    try {
      return { ...(await directory.find(wanted)), policy: configured.policy };
    } catch (cause) {
      throw new AkashiError('unavailable', { reason: 'identity provider metadata' }, { cause });
    }
  };

  return {
    metadata: () => metadata,
    choices: identityProviders.map(({ entityId, displayName }) => ({ entityId, displayName })),
    discovery:
      discovery === null || identityProviders.length === 1
        ? null
        : (returnTo) => discoveryAddress(discovery, entityId, `${baseUrl}${discoveryPath()}`, returnTo),
    request: async ({ identityProvider, forceAuthn, authnContexts }) => {
      const { signOnUrl } = await find(identityProvider);
      return buildSignInRequest({
        entryPoint: signOnUrl,
        acsUrl,
        entityId,
        signingKey,
        now: clock.now(),
        forceAuthn,
        authnContexts,
      });
    },
    read: async ({ response, now, issuedAt, identityProvider, ...transaction }) => {
      const result = await reader.read({
        response,
        now: now.epochMilliseconds,
        serviceProvider: { entityId, acsUrl, decryptionKeys },
        identityProvider: await find(identityProvider),
        transaction: { ...transactionFacts(transaction), issuedAt: issuedAt.epochMilliseconds },
      });
      if (!result.ok) throw new AkashiError(codeOfRefusal(result.reason), { refusal: result.reason });
      return campusIdentityOf(result.assertion);
    },
    close: async () => {
      clearInterval(timer);
      await reader.close();
    },
  };
};

type Asked = {
  readonly requestId: string;
  readonly forceAuthn: boolean;
  readonly authnContexts: readonly string[];
};

/** Only what the strict layer may know goes to its worker. */
const transactionFacts = ({ requestId, forceAuthn, authnContexts }: Asked): Asked => ({
  requestId,
  forceAuthn,
  authnContexts: [...authnContexts],
});

const describe = (
  options: ServiceProviderOptions,
  keys: ServiceProviderKeys,
  addresses: { readonly entityId: string; readonly acsUrl: string },
): string =>
  serviceProviderMetadata({
    ...addresses,
    discoveryUrl: `${options.baseUrl}${discoveryPath()}`,
    keys,
    displayName: options.displayName,
    description: options.description,
    organizationName: options.organizationName,
    organizationUrl: options.baseUrl,
    contacts: [
      { kind: 'technical', ...options.contact },
      { kind: 'support', ...options.contact },
    ],
  });

/** A discovery request (SAML Identity Provider Discovery §2.4.1); `return` must begin as our metadata says. */
const discoveryAddress = (service: string, entityId: string, back: string, returnTo: string): string => {
  const url = new URL(service);
  url.searchParams.set('entityID', entityId);
  url.searchParams.set('return', `${back}?${new URLSearchParams({ return: returnTo })}`);
  return url.href;
};

const campusIdentityOf = (assertion: SamlAssertion): CampusIdentity => {
  const { principalName, ...identity } = identityOf(assertion);
  if (principalName === null) throw new AkashiError('sign-in-incomplete', { refusal: 'no-principal-name' });
  return {
    ...identity,
    principalName,
    assertionId: assertion.assertionId,
    expiresAt: Temporal.Instant.fromEpochMilliseconds(assertion.notOnOrAfter),
    authnInstant: Temporal.Instant.fromEpochMilliseconds(assertion.authnInstant),
    authnContext: assertion.authnContext,
  };
};
