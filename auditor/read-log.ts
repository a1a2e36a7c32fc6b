import type { Checkpoint } from './notes.ts';
import { readCheckpoint } from './notes.ts';

export type Leaf = {
  readonly kind: 'issue' | 'void' | 'supersede';
  readonly serial: string;
  readonly impression: number;
  readonly at: number;
  /** Of an issue: the date that the sheets show. */
  readonly date?: string;
  readonly reason?: string;
};

export type Fetch = (url: string) => Promise<Response>;

const WIDTH = 256;

const get = async (fetch: Fetch, url: string): Promise<Response> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
};

/** Every checkpoint that was cosigned, oldest first. */
export const readCheckpoints = async (fetch: Fetch, log: string): Promise<Checkpoint[]> => {
  const all: Checkpoint[] = [];
  for (let after = '0'; ; ) {
    const page = (await (await get(fetch, `${log}/checkpoints/${after}`)).json()) as {
      next: string;
      checkpoints: string[];
    };
    all.push(...page.checkpoints.map(readCheckpoint));
    if (page.next === after || page.checkpoints.length === 0) return all;
    after = page.next;
  }
};

const pathOf = (index: number, width: number): string => {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
  return width === WIDTH ? path : `${path}.p/${width}`;
};

/** The entries of the first `size` leaves, in order, a bundle at a time. */
export async function* readEntries(fetch: Fetch, log: string, size: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index * WIDTH < size; index += 1) {
    const width = Math.min(WIDTH, size - index * WIDTH);
    const url = `${log}/tile/entries/${pathOf(index, width)}`;
    const bundle = Buffer.from(await (await get(fetch, url)).arrayBuffer());
    for (let at = 0, found = 0; found < width; found += 1) {
      const length = bundle.readUInt16BE(at);
      const entry = bundle.subarray(at + 2, at + 2 + length);
      if (entry.length !== length) throw new Error('entry bundle ends early');
      yield entry;
      at += 2 + length;
    }
  }
}

/** Throws on an entry of any other form. */
export const readLeaf = (entry: Uint8Array): Leaf => {
  const leaf = JSON.parse(Buffer.from(entry).toString('utf8')) as Leaf;
  const known = ['issue', 'void', 'supersede'].includes(leaf.kind);
  if (
    !known ||
    typeof leaf.serial !== 'string' ||
    !Number.isInteger(leaf.impression) ||
    !Number.isInteger(leaf.at)
  )
    throw new Error('entry of unknown form');
  return leaf;
};

export type StatusList = {
  readonly asOf: string;
  readonly entries: readonly {
    readonly serial: string;
    readonly impression: number;
    readonly state: 'void' | 'superseded';
    readonly reason: string;
    readonly since: string;
  }[];
};

export const readStatusList = async (fetch: Fetch, url: string): Promise<StatusList> =>
  (await (await get(fetch, url)).json()) as StatusList;

/** The newest tree that the witness saw of a log; null where it has seen none of it. */
export const readWitness = async (fetch: Fetch, url: string, origin: string): Promise<Checkpoint | null> => {
  const response = await fetch(`${url}/checkpoint?origin=${encodeURIComponent(origin)}`);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`the witness answers ${response.status}`);
  return readCheckpoint(await response.text());
};
