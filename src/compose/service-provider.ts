import { join, resolve } from 'node:path';
import { contactFor } from '#domain/university/contact.ts';
import type { ServiceProvider } from '#features/sign-in/index.ts';
import { openServiceProvider } from '#features/sign-in/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Log } from '#platform/log.ts';
import type { Environment, University } from '#src/config.ts';
import { keyFolderOf } from './keys.ts';

/** The service provider of a university: its files lie in the university's folder, its keys with the data. */
export const openUniversityServiceProvider = (
  university: University,
  { environment, clock, log }: { environment: Environment; clock: Clock; log: Log },
): Promise<ServiceProvider> => {
  const { identityProviders, federation, contacts, mail } = university;
  const contact = contactFor(contacts, 'operation');
  const inFolder = (source: string): string =>
    /^https?:|^federation$/.test(source) ? source : resolve(university.folder, source);
  return openServiceProvider({
    baseUrl: environment.baseUrl,
    keyFolder: keyFolderOf(environment),
    cacheFolder: join(environment.dataFolder, 'saml'),
    clock,
    report: (error) => log.warn({ error: String(error) }, 'identity provider metadata not refreshed'),
    identityProviders: identityProviders.map((provider) => ({
      ...provider,
      metadata: inFolder(provider.metadata),
    })),
    federation:
      federation === null
        ? null
        : {
            ...federation,
            metadata: inFolder(federation.metadata),
            certificates: federation.certificates.map(inFolder),
          },
    displayName: {
      ja: `${university.nameJa} 証明書発行サービス`,
      en: `${university.nameEn} certificate issuance`,
    },
    description: { ja: '証明書の申込と発行', en: 'Ordering and issuing certificates' },
    organizationName: { ja: university.nameJa, en: university.nameEn },
    contact: { name: contact?.nameEn ?? university.nameEn, mail: contact?.mail ?? mail.from },
  });
};
