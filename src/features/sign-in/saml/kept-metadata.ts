import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#platform/clock.ts';
import { readOrNull } from '#platform/keys/kept-bytes.ts';
import { checkedAddress } from './identity-provider-metadata.ts';

const PATIENCE = 20_000; // milliseconds
const LIFE = { minutes: 60 };
/** After a failure the source is left alone this long, so that a dead one does not slow every sign-in. */
const PAUSE = { minutes: 1 };

export type KeptMetadata<Value> = {
  /** The value at hand, read at the first call; throws where there never was a good copy. */
  readonly read: () => Promise<Value>;
  /** Asks the source again; where it fails the last good copy stays. */
  readonly refresh: () => Promise<void>;
};

export type MetadataSource<Value> = {
  /** An https (or loopback http) address, or a file. */
  readonly source: string;
  /** Where the last good copy of an address is kept. */
  readonly folder: string;
  readonly clock: Clock;
  /** Throws where the bytes are not good now, such as after their `validUntil`. */
  readonly parse: (bytes: Uint8Array) => Promise<Value>;
  readonly report: (error: unknown) => void;
};

const isAddress = (source: string): boolean => /^https?:/.test(source);

const load = async (source: string): Promise<Uint8Array> => {
  if (!isAddress(source)) return readFile(source);
  const address = checkedAddress(source);
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' });
  if (!answer.ok) throw new Error(`metadata: ${answer.status} from ${address}`);
  return new Uint8Array(await answer.arrayBuffer());
};

/** Metadata that is refreshed every hour, whose last good copy outlives a source that fails and a restart. */
export const keepMetadata = <Value>(options: MetadataSource<Value>): KeptMetadata<Value> => {
  const { source, folder, clock, parse, report } = options;
  const file = join(folder, `${createHash('sha256').update(source).digest('hex').slice(0, 32)}.xml`);
  let known: { readonly value: Value; readonly bytes: Uint8Array } | undefined;
  let next: Temporal.Instant | undefined;
  let running: Promise<void> | undefined;

  const fetchOnce = async (): Promise<void> => {
    try {
      const bytes = await load(source);
      known = { value: await parse(bytes), bytes };
      next = clock.now().add(LIFE);
      if (isAddress(source)) await store(folder, file, bytes);
    } catch (error) {
      next = clock.now().add(PAUSE);
      report(error);
      known = await lastGood();
    }
  };

  /** What we have, if it is still good: a copy whose `validUntil` has passed is trusted no longer. */
  const lastGood = async (): Promise<typeof known> => {
    const bytes = known?.bytes ?? (isAddress(source) ? await readOrNull(file) : null);
    if (bytes === null) return undefined;
    try {
      return { value: await parse(bytes), bytes };
    } catch (error) {
      report(error);
      return undefined;
    }
  };

  const refresh = (): Promise<void> => {
    running ??= fetchOnce().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    refresh,
    read: async () => {
      const due = next === undefined || Temporal.Instant.compare(clock.now(), next) >= 0;
      // The first one waits; after that it is refreshed beside the sign-in that found it old.
      if (next === undefined) await refresh();
      else if (due) void refresh();
      if (known === undefined && running !== undefined) await running;
      if (known === undefined) throw new Error(`metadata: nothing good from ${source}`);
      return known.value;
    },
  };
};

const store = async (folder: string, file: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, bytes, { mode: 0o600 });
  await rename(`${file}.new`, file);
};
