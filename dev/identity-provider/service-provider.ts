import { certificatePem, descendants, NS, parseXml } from './xml.ts';

/** The one service that trusts this provider. */
export type ServiceProvider = {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly displayNameJa: string;
  readonly signingCertificates: readonly string[];
  readonly encryptionCertificate: string;
};

export type ServiceProviderSource = {
  /** From the cache where there is one; `refresh` asks the service again (its key may have changed). */
  readonly read: (options?: { refresh: boolean }) => Promise<ServiceProvider>;
};

export const fixedServiceProvider = (serviceProvider: ServiceProvider): ServiceProviderSource => ({
  read: async () => serviceProvider,
});

/** Fetched at the first need, because service and provider start in any order. */
export const fetchedServiceProvider = (metadataUrl: string): ServiceProviderSource => {
  let cached: Promise<ServiceProvider> | null = null;
  const fetchOnce = async (): Promise<ServiceProvider> => {
    const answer = await fetch(metadataUrl, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`${metadataUrl} answers ${answer.status}`);
    return parseServiceProvider(await answer.text());
  };
  return {
    read: ({ refresh } = { refresh: false }) => {
      if (cached === null || refresh) {
        const current = fetchOnce();
        cached = current;
        current.catch(() => {
          if (cached === current) cached = null; // the next sign-in tries again
        });
      }
      return cached;
    },
  };
};

const parseServiceProvider = (metadata: string): ServiceProvider => {
  const root = parseXml(metadata);
  const service = descendants(root, NS.metadata, 'AssertionConsumerService')[0];
  const certificates = (use: string): string[] =>
    descendants(root, NS.metadata, 'KeyDescriptor')
      .filter((key) => !key.hasAttribute('use') || key.getAttribute('use') === use)
      .flatMap((key) => descendants(key, NS.signature, 'X509Certificate'))
      .map((certificate) => certificatePem(certificate.textContent ?? ''));
  const encryptionCertificate = certificates('encryption')[0];
  const entityId = root.getAttribute('entityID');
  const acsUrl = service?.getAttribute('Location');
  if (!entityId || !acsUrl || encryptionCertificate === undefined) {
    throw new Error('the service provider metadata lacks entityID, consumer address or encryption key');
  }
  const names = descendants(root, 'urn:oasis:names:tc:SAML:metadata:ui', 'DisplayName');
  const japanese = names.find((name) => name.getAttribute('xml:lang') === 'ja');
  return {
    entityId,
    acsUrl,
    displayNameJa: japanese?.textContent ?? entityId,
    signingCertificates: certificates('signing'),
    encryptionCertificate,
  };
};
