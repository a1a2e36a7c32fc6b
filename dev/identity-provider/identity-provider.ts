import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { Bilingual } from '#domain/bilingual.ts';
import { loadOrCreateKeys } from './keys.ts';
import { openMemory } from './memory.ts';
import { readPersonas } from './personas.ts';
import { createRoutes } from './routes.ts';
import type { ServiceProvider } from './service-provider.ts';
import { fetchedServiceProvider, fixedServiceProvider } from './service-provider.ts';

export type IdentityProviderOptions = {
  /** 0: any free one. */
  readonly port: number;
  /** The address in the browser, without a path; by default `http://localhost:<port>`. */
  readonly baseUrl?: string | undefined;
  /** Where the signing key is kept. */
  readonly dataFolder: string;
  readonly personasFile: string;
  readonly universityNameJa: string;
  readonly identityLabel: Bilingual;
  /** The unit named in the footer. */
  readonly responsibleUnitJa?: string | undefined;
  /** The one trusted service: the address of its metadata, read at the first need, or what it says. */
  readonly serviceProvider: { readonly metadataUrl: string } | ServiceProvider;
};

export type RunningIdentityProvider = {
  readonly url: string;
  readonly entityId: string;
  readonly metadataUrl: string;
  readonly close: () => Promise<void>;
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Starts the development identity provider; refuses in production and anywhere but on this machine. */
export const startIdentityProvider = async (
  options: IdentityProviderOptions,
): Promise<RunningIdentityProvider> => {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error('the development identity provider does not run in production');
  }
  const host = new URL(options.baseUrl ?? 'http://localhost').hostname;
  if (!LOOPBACK.includes(host)) {
    throw new Error(`the development identity provider runs on this machine only, not on ${host}`);
  }
  const personas = await readPersonas(options.personasFile);
  const keys = await loadOrCreateKeys(options.dataFolder);
  const app = new Hono();
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port, host.replace(/[[\]]/g, ''), listening);
  });
  const url = options.baseUrl ?? `http://localhost:${(server.address() as AddressInfo).port}`;
  const trusted = options.serviceProvider;
  const entityId = `${url}/metadata`;
  app.route(
    '/',
    createRoutes({
      entityId,
      signOnUrl: `${url}/sso`,
      keys,
      personas,
      serviceProvider:
        'metadataUrl' in trusted
          ? fetchedServiceProvider(trusted.metadataUrl)
          : fixedServiceProvider(trusted),
      place: {
        universityNameJa: options.universityNameJa,
        identityLabel: options.identityLabel,
        responsibleUnitJa: options.responsibleUnitJa ?? `${options.universityNameJa} 情報基盤センター`,
      },
      memory: openMemory(),
    }),
  );
  return {
    url,
    entityId,
    metadataUrl: entityId,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
};
