import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'kysely';
import { listen } from '#dev/shared/listen.ts';
import { startWitness } from '#dev/witness/witness.ts';
import type { Leaf } from '#domain/transparency/leaf.ts';
import { encodeLeaf } from '#domain/transparency/leaf.ts';
import { TILE_WIDTH } from '#domain/transparency/merkle.ts';
import type { Verifier } from '#domain/transparency/note.ts';
import { encodeVerifier } from '#domain/transparency/note.ts';
import { foldTile, hashLeaf } from '#features/transparency-log/hash.ts';
import type { LogIdentity } from '#features/transparency-log/index.ts';
import { createLogRoutes, openTransparencyLog, publishCheckpoint } from '#features/transparency-log/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openNoteKey } from '#platform/keys/note-key.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#test/support/database.ts';
import { growTree } from '../../auditor/tree.ts';
import { withFolder } from './akashi.ts';
import { medianOf, milliseconds, percentile, report } from './measure.ts';

const LEAVES = 1_000_000;
const BATCH = 8192;
const APPENDS = 2000;
const AT_ONCE = 4;
const AUDITOR = resolve(import.meta.dirname, '../../auditor/main.ts');

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const leafOf = (number: number, at: Temporal.Instant): Leaf => ({
  kind: 'issue',
  serial: `BENCH-${number}`,
  impression: 1,
  type: 'enrolment',
  at: Math.floor(at.epochMilliseconds / 1000),
  date: at.toZonedDateTimeISO('Asia/Tokyo').toPlainDate().toString(),
  commitments: [sha256(Buffer.from(`${number}`)).toString('base64')],
});

/** Fills the log at once, without its sequencer: entries, then tiles level by level. Answers the entries. */
const fill = async (db: Database, at: Temporal.Instant): Promise<Uint8Array[]> => {
  const entries: Uint8Array[] = [];
  for (let from = 0; from < LEAVES; from += BATCH) {
    const leaves = Array.from({ length: Math.min(BATCH, LEAVES - from) }, (_, index) =>
      leafOf(from + index, at),
    );
    const bytes = leaves.map(encodeLeaf);
    entries.push(...bytes);
    await sql`
      insert into log_leaf (index, kind, serial, impression, at, entry)
      select ${from}::bigint + place - 1, 'issue', serial, 1, ${at.toString()}::timestamptz, entry
      from unnest(${leaves.map(({ serial }) => serial)}::text[], ${bytes.map((entry) => Buffer.from(entry))}::bytea[])
        with ordinality as given (serial, entry, place)`.execute(db);
  }
  let hashes = entries.map(hashLeaf);
  for (let level = 0; hashes.length > 0; level += 1) {
    const tiles = Array.from({ length: Math.ceil(hashes.length / TILE_WIDTH) }, (_, index) =>
      hashes.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH),
    );
    await sql`
      insert into log_tile (level, index, hashes)
      select ${level}, place - 1, hashes
      from unnest(${tiles.map((tile) => Buffer.concat(tile))}::bytea[]) with ordinality as given (hashes, place)`.execute(
      db,
    );
    hashes = tiles.filter((tile) => tile.length === TILE_WIDTH).map((tile) => foldTile(Buffer.concat(tile)));
  }
  await sql`analyze log_leaf`.execute(db);
  // What a million leaves at once left to be written would be written while single ones are timed.
  await sql`checkpoint`.execute(db);
  return entries;
};

/** Durations of `count` runs of `work`, so many of them at once. */
const durations = async (count: number, work: (number: number) => Promise<unknown>): Promise<number[]> => {
  const found: number[] = [];
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < count) {
      const number = next;
      next += 1;
      found.push(await milliseconds(() => work(number)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
  return found;
};

const benchAppend = async (db: Database, identity: LogIdentity): Promise<void> => {
  const log = openTransparencyLog(db, systemClock, identity);
  const append = (number: number) => {
    const build = async (at: Temporal.Instant) => leafOf(LEAVES + number, at);
    return log.append({ kind: 'issue', serial: `BENCH-${LEAVES + number}`, impression: 1, build });
  };
  report('log.append_p99_ms', percentile(await durations(APPENDS, append), 99), 'ms');
  // The row and the hash of a leaf in one transaction, each on its own, where nothing else stands.
  await sql`create table bare_leaf (like log_leaf including all)`.execute(db);
  await sql`create table bare_tile (like log_tile including all)`.execute(db);
  const at = systemClock.now();
  const bare = (number: number) => {
    const leaf = leafOf(number, at);
    const entry = Buffer.from(encodeLeaf(leaf));
    return db.transaction().execute(async (tx) => {
      await sql`insert into bare_leaf (index, kind, serial, impression, at, entry)
        values (${number}, 'issue', ${leaf.serial}, 1, ${at.toString()}, ${entry})`.execute(tx);
      await sql`insert into bare_tile (level, index, hashes) values (0, ${number}, ${sha256(entry)})`.execute(
        tx,
      );
    });
  };
  report('log.append.limit_p99_ms', percentile(await durations(APPENDS, bare), 99), 'ms');
};

const benchProof = async (db: Database, identity: LogIdentity): Promise<void> => {
  const log = openTransparencyLog(db, systemClock, identity);
  const rounds = { warmUp: 20, rounds: 501 };
  const place = (round: number): number => (round * 7919) % LEAVES;
  const proof = await medianOf(rounds, (round) => milliseconds(() => log.prove(place(round))));
  report('log.proof_ms', proof, 'ms');
  // The three tiles on a leaf's way, asked for at once, and as many hashes as they hold.
  const bare = await medianOf(rounds, (round) =>
    milliseconds(async () => {
      const index = Math.floor(place(round) / TILE_WIDTH);
      const { rows } = await sql<{ hashes: Buffer }>`
        select hashes from log_tile where (level = 0 and index = ${index})
          or (level = 1 and index = ${Math.floor(index / TILE_WIDTH)}) or (level = 2 and index = 0)`.execute(
        db,
      );
      for (const { hashes } of rows)
        for (let at = 0; at + 64 <= hashes.length; at += 32) sha256(hashes.subarray(at, at + 64));
    }),
  );
  report('log.proof.limit_ms', bare, 'ms');
};

type Publish = {
  readonly db: Database;
  readonly identity: LogIdentity;
  readonly verifiers: readonly Verifier[];
};

/** The auditor's own process reads the whole log over HTTP. */
const benchAudit = async (
  { db, identity, verifiers }: Publish,
  { entries, folder }: { readonly entries: readonly Uint8Array[]; readonly folder: string },
): Promise<void> => {
  const witness = await startWitness({ port: 0, dataFolder: folder, logs: async () => verifiers });
  const witnessed = { url: witness.url, verifier: witness.verifier };
  const publish = { db, clock: systemClock, log: openLog('warn'), identity, witness: witnessed };
  await publishCheckpoint(publish);
  const routes = createLogRoutes({ db, hasWitness: true });
  routes.get('/verify/status.json', (c) => c.json({ asOf: systemClock.now().toString(), entries: [] }));
  const service = await listen(createServer(getRequestListener(routes.fetch)), 0);
  try {
    const keys = (await Promise.all(verifiers.map(encodeVerifier))).flatMap((key) => ['--log-key', key]);
    const seconds = await milliseconds(async () => {
      const words = [
        '--service',
        service.url,
        '--witness',
        witness.url,
        '--witness-key',
        witness.verifierKey,
      ];
      const child = spawn(process.execPath, [AUDITOR, ...words, ...keys], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`the auditor ends with ${code}: ${said.slice(0, 500)}`);
    });
    report('log.audit_s', seconds / 1000, 's');
  } finally {
    await service.close();
    await witness.close();
  }
  const bare = await milliseconds(async () => {
    const tree = growTree();
    for (const entry of entries) {
      JSON.parse(Buffer.from(entry).toString('utf8'));
      tree.add(entry);
    }
    tree.root();
  });
  report('log.audit.limit_s', bare / 1000, 's');
};

/** The transparency log with a million leaves in it: entering one more, proving one, auditing them all. */
export const benchLog = (): Promise<void> =>
  withFolder((folder) =>
    withDatabase(async ({ db }) => {
      const key = await openNoteKey(join(folder, 'keys'), 'log.key');
      const verifier: Verifier = { name: 'verify.bench.example/log', publicKey: key.publicKey, kind: 'log' };
      const signers = async () => [{ verifier, sign: key.sign }];
      const identity = { origin: verifier.name, signers };
      const entries = await fill(db, systemClock.now());
      await benchAppend(db, identity);
      await benchProof(db, identity);
      await benchAudit({ db, identity, verifiers: [verifier] }, { entries, folder });
    }),
  );
