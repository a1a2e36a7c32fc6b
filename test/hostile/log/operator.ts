import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { checkpointText, parseCheckpoint } from '#domain/transparency/checkpoint.ts';
import type { Leaf } from '#domain/transparency/leaf.ts';
import { encodeBundle, encodeLeaf } from '#domain/transparency/leaf.ts';
import type { Hash, ReadTile } from '#domain/transparency/merkle.ts';
import {
  consistencyHolds,
  consistencyProof,
  leafHash,
  nodeHash,
  rootOf,
} from '#domain/transparency/merkle.ts';
import type { Verifier } from '#domain/transparency/note.ts';
import { cosignLine, encodeVerifier, parseNote, signedAt, signLine } from '#domain/transparency/note.ts';
import { parseTilePath } from '#domain/transparency/tile-path.ts';

type Key = { readonly verifier: Verifier; readonly sign: (bytes: Uint8Array) => Promise<Uint8Array> };

export const newKey = (name: string, kind: Verifier['kind']): Key => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return {
    verifier: { name, kind, publicKey: new Uint8Array(spki.subarray(-32)) },
    sign: async (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
  };
};

/** Logs of the test stay below one tile, so tiles of level 0 are all there is. */
const tilesOf =
  (leaves: readonly Leaf[]): ReadTile =>
  async ({ index, width }) =>
    Promise.all(leaves.slice(index * 256, index * 256 + width).map((leaf) => leafHash(encodeLeaf(leaf))));

const range = async (hashes: readonly Hash[]): Promise<Hash> => {
  const [only] = hashes;
  if (hashes.length === 1 && only !== undefined) return only;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(await range(hashes.slice(0, split)), await range(hashes.slice(split)));
};

const tokyoDate = (seconds: number): string =>
  new Date((seconds + 9 * 3600) * 1000).toISOString().slice(0, 10);

export type StatusEntry = {
  serial: string;
  impression: number;
  state: 'void' | 'superseded';
  reason: string;
  since: string;
};

const ORIGIN = 'verify.akatsuki.example/log';
export const LOG_KEY = newKey(ORIGIN, 'log');
export const WITNESS_KEY = newKey('witness.example', 'witness');

/**
 * An operator with every key and every byte of its own service, beside one honest witness whose key and memory it has
 * not. What it shows to an auditor is whatever stands in these fields.
 */
export const openOperator = () => {
  const world = {
    now: 1_795_000_000,
    leaves: [] as Leaf[],
    checkpoints: [] as string[],
    status: [] as StatusEntry[],
    witness: undefined as string | undefined,
  };

  /** What an honest witness does (dev/witness), without the network. */
  const cosign = async (note: string): Promise<string | null> => {
    const next = parseCheckpoint(note);
    if ((await signedAt(parseNote(note), LOG_KEY.verifier)) === null) return null;
    if (world.witness !== undefined) {
      const last = parseCheckpoint(world.witness);
      if (last.size > next.size || world.leaves.length < next.size) return null;
      const proof = await consistencyProof(last.size, next.size, tilesOf(world.leaves));
      if (!(await consistencyHolds(last, next, proof))) return null;
    }
    const line = await cosignLine(parseNote(note).text, { ...WITNESS_KEY, seconds: world.now });
    world.witness = `${note}${line}`;
    return line;
  };

  const signed = async (size = world.leaves.length): Promise<string> => {
    const root = await rootOf(size, tilesOf(world.leaves));
    const text = checkpointText({ origin: ORIGIN, size, root });
    return `${text}\n${await signLine(text, LOG_KEY.verifier, LOG_KEY.sign)}`;
  };

  return {
    world,
    signed,
    issue: (serial: string, at = world.now, date = tokyoDate(at)): void => {
      const commitment = createHash('sha256').update(serial).digest('base64');
      world.leaves.push({
        kind: 'issue',
        serial,
        impression: 1,
        type: 'enrolment',
        at,
        date,
        commitments: [commitment],
      });
    },
    withdraw: (serial: string): void => {
      const at = world.now;
      world.leaves.push({ kind: 'void', serial, impression: 1, reason: 'requested', at });
      const since = new Date(at * 1000).toISOString();
      world.status.push({ serial, impression: 1, state: 'void', reason: 'requested', since });
    },
    /** Signs the tree and has it cosigned; publishes it only when it was. */
    publish: async (): Promise<boolean> => {
      const note = await signed();
      const line = await cosign(note);
      if (line !== null) world.checkpoints.push(`${note}${line}`);
      return line !== null;
    },
    /** What the auditor's requests are answered with. */
    answer: async (url: string): Promise<Response> => {
      const path = new URL(url).pathname;
      if (path === '/checkpoint') return new Response(world.witness);
      if (path === '/verify/status.json')
        return Response.json({ asOf: new Date(world.now * 1000).toISOString(), entries: world.status });
      if (path.startsWith('/log/checkpoints/')) {
        const first = path.endsWith('/0');
        return Response.json({ next: '1', checkpoints: first ? world.checkpoints : [] });
      }
      const name = parseTilePath(path.replace('/log/tile/', ''));
      const entries = world.leaves.slice(0, name?.width ?? 0).map(encodeLeaf);
      if (name === null || entries.length < name.width) return new Response('', { status: 404 });
      return new Response(new Uint8Array(encodeBundle(entries)));
    },
    rootOfAll: async (): Promise<Hash> =>
      range(await Promise.all(world.leaves.map((leaf) => leafHash(encodeLeaf(leaf))))),
  };
};

export type Operator = ReturnType<typeof openOperator>;
export const verifierKeys = async () => ({
  log: await encodeVerifier(LOG_KEY.verifier),
  witness: await encodeVerifier(WITNESS_KEY.verifier),
});
