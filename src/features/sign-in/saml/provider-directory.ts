import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Clock } from '#platform/clock.ts';
import type { Aggregate, AggregateInput } from './aggregate.ts';
import type { IdentityProvider } from './identity-provider-metadata.ts';
import { parseIdentityProviderMetadata } from './identity-provider-metadata.ts';
import type { KeptMetadata } from './kept-metadata.ts';
import { keepMetadata } from './kept-metadata.ts';

export type ProviderDirectory = {
  /** The provider's metadata in force; throws where there is none. */
  readonly find: (entityId: string) => Promise<IdentityProvider>;
  /** Asks every source again. */
  readonly refresh: () => Promise<void>;
};

export type DirectoryOptions = {
  /** `metadata`: a file, an address, or `federation`. */
  readonly providers: readonly { readonly entityId: string; readonly metadata: string }[];
  readonly federation: { readonly metadata: string; readonly certificates: readonly string[] } | null;
  /** For last good copies. */
  readonly folder: string;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
};

/** Where each configured provider's metadata comes from: its own file or address, or the federation's aggregate. */
export const openProviderDirectory = (options: DirectoryOptions): ProviderDirectory => {
  const { providers, federation, folder, clock, report } = options;
  const own = new Map<string, KeptMetadata<IdentityProvider>>();
  for (const { entityId, metadata } of providers) {
    if (metadata === 'federation') continue;
    const parse = async (bytes: Uint8Array): Promise<IdentityProvider> => {
      const provider = parseIdentityProviderMetadata(bytes, clock.now());
      if (provider.entityId !== entityId)
        throw new Error(`identity provider metadata: it is of ${provider.entityId}, not of ${entityId}`);
      return provider;
    };
    own.set(entityId, keepMetadata({ source: metadata, folder, clock, parse, report }));
  }
  const wanted = providers.filter(({ metadata }) => metadata === 'federation');
  const aggregate =
    federation === null
      ? null
      : keepMetadata<Aggregate>({
          source: federation.metadata,
          folder,
          clock,
          report,
          parse: async (bytes) =>
            readInWorker({
              bytes,
              certificates: await Promise.all(federation.certificates.map((file) => readFile(file, 'utf8'))),
              wanted: wanted.map(({ entityId }) => entityId),
              now: clock.now().epochMilliseconds,
            }),
        });
  return {
    find: async (entityId) => {
      const alone = own.get(entityId);
      if (alone !== undefined) return alone.read();
      const found = (await aggregate?.read())?.providers.find((provider) => provider.entityId === entityId);
      if (found === undefined) throw new Error(`metadata: nothing of ${entityId}`);
      return found;
    },
    refresh: async () => {
      const sources: KeptMetadata<unknown>[] = [...own.values()];
      if (aggregate !== null && wanted.length > 0) sources.push(aggregate);
      await Promise.all(sources.map((source) => source.refresh()));
    },
  };
};

const readInWorker = (input: AggregateInput): Promise<Aggregate> =>
  new Promise((read, failed) => {
    const worker = new Worker(new URL('./aggregate-worker.ts', import.meta.url), {
      workerData: input,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    });
    worker.once('message', (aggregate: Aggregate) => read(aggregate));
    worker.once('error', failed);
    worker.once('exit', () => failed(new Error('federation metadata: the reader ended early')));
  });
