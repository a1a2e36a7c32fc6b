import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWitness } from '#dev/witness/witness.ts';
import { tokyoDate } from '#domain/dates.ts';
import { parseCheckpoint } from '#domain/transparency/checkpoint.ts';
import type { Leaf } from '#domain/transparency/leaf.ts';
import { decodeBundle, decodeLeaf } from '#domain/transparency/leaf.ts';
import { inclusionHolds, leafHash, rootOf } from '#domain/transparency/merkle.ts';
import type { Verifier } from '#domain/transparency/note.ts';
import { parseNote, signedAt } from '#domain/transparency/note.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openNoteKey } from '#platform/keys/note-key.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#test/support/database.ts';
import type { LeafRequest } from './append-leaves.ts';
import { newestCheckpoint, noteOf } from './checkpoint-store.ts';
import { isKnownToWitness } from './known-to-witness.ts';
import { readEntries, readHead } from './log-store.ts';
import type { LogIdentity } from './prove.ts';
import { proveNow, tilesOf } from './prove.ts';
import { publishCheckpoint } from './publish-checkpoint.ts';
import { createLogRoutes } from './routes.ts';
import { createSequencer } from './sequencer.ts';
import { verifyLog } from './verify-log.ts';

const issue = (number: number): LeafRequest => ({
  kind: 'issue',
  serial: `SERIAL-${number}`,
  impression: 1,
  build: async (at): Promise<Leaf> => ({
    kind: 'issue',
    serial: `SERIAL-${number}`,
    impression: 1,
    type: 'enrolment',
    at: Math.floor(at.epochMilliseconds / 1000),
    date: tokyoDate(at).toString(),
    commitments: ['x'.repeat(44)],
  }),
});

const setting = (): Clock & { set: (iso: string) => void } => {
  let now = Temporal.Instant.from('2026-11-25T00:00:00Z');
  return {
    now: () => now,
    set: (iso) => {
      now = Temporal.Instant.from(iso);
    },
  };
};

/** What a proof's text says: index, hashes and the note behind them. */
const readProof = (text: string): { hashes: Uint8Array[]; note: string } => {
  const [head = '', ...rest] = text.split('\n\n');
  const [, , ...hashes] = head.split('\n');
  return {
    hashes: hashes.map((hash) => new Uint8Array(Buffer.from(hash, 'base64'))),
    note: rest.join('\n\n'),
  };
};

const withLog = (
  work: (parts: {
    db: Database;
    clock: ReturnType<typeof setting>;
    publish: () => Promise<void>;
    log: Verifier;
    identity: LogIdentity;
    witness: Awaited<ReturnType<typeof startWitness>>;
  }) => Promise<void>,
): Promise<void> =>
  withDatabase(async ({ db }) => {
    const folder = mkdtempSync(join(tmpdir(), 'akashi-log-'));
    const clock = setting();
    const key = await openNoteKey(folder, 'log.key');
    const log: Verifier = { name: 'verify.example/log', publicKey: key.publicKey, kind: 'log' };
    const witness = await startWitness({
      port: 0,
      dataFolder: join(folder, 'witness'),
      logs: async () => [log],
      clock,
    });
    const identity: LogIdentity = {
      origin: log.name,
      signers: async () => [{ verifier: log, sign: key.sign }],
    };
    const dependencies = {
      db,
      clock,
      log: openLog('silent'),
      identity,
      witness: { url: witness.url, verifier: witness.verifier },
    };
    try {
      await work({ db, clock, log, identity, witness, publish: () => publishCheckpoint(dependencies) });
    } finally {
      await witness.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

test('a tile that does not end where the leaves do takes no more, nor does the log', () =>
  withLog(async ({ db, clock }) => {
    const append = createSequencer(db, clock);
    await append(issue(1));
    for (const hashes of [Buffer.alloc(64, 1), null]) {
      if (hashes === null) await db.deleteFrom('log_tile').execute();
      else await db.updateTable('log_tile').set({ hashes }).execute();
      await assert.rejects(append(issue(2)), /"hashes"/);
      assert.equal((await readHead(db)).size, 1);
    }
  }));

test('leaves asked for at once, twice and in turn each get one place, and every tile fits its root', () =>
  withLog(async ({ db, clock }) => {
    const [one, other] = [createSequencer(db, clock), createSequencer(db, clock)];
    const asked = Array.from({ length: 600 }, (_, number) => (number % 2 === 0 ? one : other)(issue(number)));
    const places = await Promise.all(asked);
    assert.deepEqual([...new Set(places.map(({ index }) => index))].sort((a, b) => a - b).length, 600);
    const again = await one(issue(17));
    assert.equal(again.index, places[17]?.index);
    assert.equal((await readHead(db)).size, 600);
    const entries = await readEntries(db, 0, 600);
    const leaves = await Promise.all(entries.map(leafHash));
    for (const size of [1, 2, 255, 256, 257, 511, 512, 600]) {
      const known = await rootOf(size, async ({ level, index, width }) =>
        level === 0 ? leaves.slice(index * 256, index * 256 + width) : tilesOf(db)({ level, index, width }),
      );
      assert.deepEqual(await rootOf(size, tilesOf(db)), known, `size ${size}`);
    }
  }));

test('instants in the log never go back, even when the clock does', () =>
  withLog(async ({ db, clock }) => {
    const append = createSequencer(db, clock);
    await append(issue(1));
    clock.set('2026-11-24T00:00:00Z');
    const { at } = await append(issue(2));
    assert.equal(at.toString(), '2026-11-25T00:00:00Z');
  }));

test('a checkpoint is cosigned, proves a leaf, and is served with its tiles', () =>
  withLog(async ({ db, clock, publish, log, identity, witness }) => {
    const append = createSequencer(db, clock);
    for (let number = 0; number < 300; number += 1) void append(issue(number));
    const { index } = await append(issue(300));
    await publish();
    const checkpoint = await newestCheckpoint(db, { cosigned: true });
    assert.ok(checkpoint);
    const note = parseNote(noteOf(checkpoint));
    assert.equal(await signedAt(note, log), 0);
    assert.equal(await signedAt(note, witness.verifier), Date.parse('2026-11-25T00:00:00Z') / 1000);

    const proof = await proveNow(db, index, identity);
    assert.deepEqual(await verifyLog(db, [log]), { leaves: 301, checkpoints: 1, broken: null });
    const { hashes, note: proved } = readProof(proof);
    assert.equal(await signedAt(parseNote(proved), log), 0);
    const { size, root } = parseCheckpoint(proved);
    const [entry = new Uint8Array()] = await readEntries(db, index, 1);
    const held = await inclusionHolds(await leafHash(entry), {
      index,
      size,
      root,
      proof: hashes,
    });
    assert.equal(held, true);

    const routes = createLogRoutes({ db, hasWitness: true });
    const get = (path: string) => routes.request(`/log/${path}`);
    assert.equal(await (await get('checkpoint')).text(), noteOf(checkpoint));
    const tile = await get('tile/0/001.p/45');
    assert.equal((await tile.arrayBuffer()).byteLength, 45 * 32);
    assert.match(tile.headers.get('cache-control') ?? '', /immutable/);
    const bundle = new Uint8Array(await (await get('tile/entries/000')).arrayBuffer());
    assert.equal(decodeBundle(bundle).map(decodeLeaf).length, 256);
    assert.equal((await get('tile/0/001')).ok, false, 'a tile that is not full is not served whole');
  }));

test('the witness cosigns only what adds to what it cosigned, and a restarted service catches up', () =>
  withLog(async ({ db, clock, publish, witness, log }) => {
    const append = createSequencer(db, clock);
    await append(issue(1));
    await publish();
    await append(issue(2));
    // The service forgets that its last checkpoint was cosigned: the witness's own memory counts.
    await db.updateTable('log_checkpoint').set({ cosigned_at: null }).execute();
    await publish();
    const newest = await newestCheckpoint(db, { cosigned: true });
    assert.equal(newest?.size, 2);

    const submit = (body: string) => fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body });
    assert.equal((await submit('nonsense')).status, 400);
    assert.equal((await submit(`old 0\n\n${noteOf(newest)}`)).status, 409);
    const stranger = noteOf(newest).replaceAll(log.name, 'another.example/log');
    assert.equal((await submit(`old 2\n\n${stranger}`)).status, 404);
    const unsigned = noteOf(newest).replace('\n2\n', '\n3\n');
    assert.equal((await submit(`old 2\n\n${unsigned}`)).status, 403);
    await append(issue(3));
    await db.deleteFrom('log_tile').execute();
    await db
      .insertInto('log_tile')
      .values({ level: 0, index: 0n, hashes: Buffer.alloc(96, 1) })
      .execute();
    await publish();
    assert.match((await verifyLog(db, [log])).broken ?? '', /entry 0 does not fit its tile/);
    assert.equal((await newestCheckpoint(db, { cosigned: true }))?.size, 2, 'a forked tree is not cosigned');
  }));

test('a witness says whether it knows a new key of the log, and is asked for nothing else by that', () =>
  withLog(async ({ db, clock, publish, log, identity, witness }) => {
    const [old] = await identity.signers();
    assert.ok(old);
    const known = { url: witness.url, verifier: witness.verifier };
    const folder = mkdtempSync(join(tmpdir(), 'akashi-log-'));
    const key = await openNoteKey(folder, 'log.key').finally(() => rmSync(folder, { recursive: true }));
    const next = { verifier: { ...log, publicKey: key.publicKey }, sign: key.sign };
    assert.equal(await isKnownToWitness(db, next, known), true, 'an empty log has nothing to lose');
    const append = createSequencer(db, clock);
    await append(issue(1));
    await assert.rejects(isKnownToWitness(db, old, known), /cosigned nothing/);
    await publish();
    // What came since is not yet cosigned, and this question does not change that.
    await append(issue(2));
    assert.equal(await isKnownToWitness(db, old, known), true);
    assert.equal(await isKnownToWitness(db, next, known), false);
    await publish();
    assert.equal((await newestCheckpoint(db, { cosigned: true }))?.size, 2);
  }));

test('the proof of any leaf, in a log of any size, leads to the root', () =>
  withLog(async ({ db, clock, identity }) => {
    const append = createSequencer(db, clock);
    let size = 0;
    for (const until of [1, 2, 255, 256, 257, 700]) {
      await Promise.all(Array.from({ length: until - size }, (_, at) => append(issue(size + at))));
      size = until;
      const root = await rootOf(size, tilesOf(db));
      const entries = await readEntries(db, 0, size);
      for (const index of new Set([0, 1, 200, 255, 256, 511, 512, size - 2, size - 1])) {
        if (index < 0 || index >= size) continue;
        const { hashes } = readProof(await proveNow(db, index, identity));
        const entry = entries[index];
        assert.ok(entry);
        const leaf = await leafHash(entry);
        assert.ok(await inclusionHolds(leaf, { index, size, proof: hashes, root }), `${index} of ${size}`);
      }
    }
  }));
