import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { parseCheckpoint } from '../../src/domain/transparency/checkpoint.ts';
import { consistencyHolds } from '../../src/domain/transparency/merkle.ts';
import type { Verifier } from '../../src/domain/transparency/note.ts';
import { cosignLine, encodeVerifier, parseNote, signedByAny } from '../../src/domain/transparency/note.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { openNoteKey } from '../../src/platform/keys/note-key.ts';
import { refuseProduction } from '../shared/development-only.ts';
import type { Listening } from '../shared/listen.ts';
import { listen } from '../shared/listen.ts';
import { openMemory } from './memory.ts';

export type WitnessOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly dataFolder: string;
  /** The keys of the logs it watches: of one log two, while its key is being changed. */
  readonly logs: () => Promise<readonly Verifier[]>;
  readonly clock?: Clock;
};

export type StartedWitness = Listening & { readonly verifier: Verifier; readonly verifierKey: string };

type Submission = { readonly old: number; readonly proof: Uint8Array[]; readonly note: string };

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** The body of `add-checkpoint`; null on any other form. */
const readSubmission = (body: string): Submission | null => {
  const end = body.indexOf('\n\n');
  const [first = '', ...hashes] = body.slice(0, end).split('\n');
  const match = /^old (0|[1-9]\d{0,14})$/.exec(first);
  if (end < 0 || match === null || hashes.length > 63) return null;
  const proof = hashes.map(fromBase64);
  if (proof.some((hash) => hash.length !== 32)) return null;
  return { old: Number(match[1]), proof, note: body.slice(end + 2) };
};

/**
 * A witness of its own (C2SP tlog-witness): it cosigns a checkpoint only when that adds to the last one it cosigned, and
 * its time is in the signature. Honest, and hard to persuade; one such server outside the university is enough.
 */
export const startWitness = async (options: WitnessOptions): Promise<StartedWitness> => {
  refuseProduction('The witness');
  const { dataFolder, logs, clock = systemClock } = options;
  const key = await openNoteKey(dataFolder, 'witness.key');
  const memory = await openMemory(dataFolder);
  const verifier: Verifier = { name: 'witness.localhost', publicKey: key.publicKey, kind: 'witness' };

  const judge = async (c: Context, { old, proof, note }: Submission): Promise<Response> => {
    const checkpoint = parseCheckpoint(note);
    const { origin, size, root } = checkpoint;
    const keys = (await logs()).filter(({ name }) => name === origin);
    if (keys.length === 0) return c.text('unknown log\n', 404);
    if (!(await signedByAny(parseNote(note), keys))) return c.text('not signed by the log\n', 403);
    if (old > size) return c.text('old size beyond the checkpoint\n', 400);
    const last = memory.last(origin);
    const conflict = () => c.body(`${last?.size ?? 0}\n`, 409, { 'Content-Type': 'text/x.tlog.size' });
    if (old !== (last?.size ?? 0)) return conflict();
    if (last !== undefined) {
      if (last.size === size && last.root !== toBase64(root)) return conflict();
      const before = { size: last.size, root: fromBase64(last.root) };
      if (!(await consistencyHolds(before, checkpoint, proof))) return c.text('not consistent\n', 422);
    } else if (proof.length > 0) return c.text('proof from nothing\n', 422);
    const { text } = parseNote(note);
    const seconds = Math.floor(clock.now().epochMilliseconds / 1000);
    const line = await cosignLine(text, { verifier, sign: key.sign, seconds });
    if (memory.last(origin)?.size !== last?.size) return conflict();
    memory.keep(origin, { size, root: toBase64(root), note: `${note}${line}` });
    return c.text(line);
  };

  const app = new Hono();
  app.post('/add-checkpoint', async (c) => {
    const submission = readSubmission(await c.req.text());
    if (submission === null) return c.text('malformed\n', 400);
    try {
      return await judge(c, submission);
    } catch (error) {
      if (error instanceof RangeError) return c.text('malformed\n', 400);
      throw error;
    }
  });
  // What monitors ask: the newest tree this witness has seen of a log.
  app.get('/checkpoint', (c) => {
    const last = memory.last(c.req.query('origin') ?? '');
    return last === undefined ? c.text('unknown log\n', 404) : c.text(last.note);
  });
  const verifierKey = await encodeVerifier(verifier);
  app.get('/key', (c) => c.text(`${verifierKey}\n`));
  const listening = await listen(createServer(getRequestListener(app.fetch)), options.port);
  return { ...listening, verifier, verifierKey };
};
