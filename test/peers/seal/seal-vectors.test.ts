import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { StatusEntry } from '#domain/seal/judge-seal.ts';
import { judgeSeal } from '#domain/seal/judge-seal.ts';
import { skipLoudly } from '#test/support/skip.ts';
import type { Vectors } from './vectors.ts';
import { makeVectors, plainClaims } from './vectors.ts';

const FILE = resolve(import.meta.dirname, '../../../docs/seal-vectors.json');
const SECOND = join(import.meta.dirname, 'verify_seal.py');

if (process.env['AKASHI_VECTORS'] === '1')
  writeFileSync(FILE, `${JSON.stringify(await makeVectors(), null, 1)}\n`);

const vectors = JSON.parse(readFileSync(FILE, 'utf8')) as Vectors;

test('our own verifier judges the published vectors as they say', async () => {
  const keys = Object.entries(vectors.keys).map(([kid, spkiBase64]) => ({ kid, spkiBase64 }));
  const options = { host: vectors.host, keys, statusList: vectors.status as StatusEntry[] };
  for (const { name, text, verdict, claims } of vectors.cases) {
    const judged = await judgeSeal(text, options);
    assert.equal(judged.word, verdict, name);
    assert.deepEqual(judged.claims === null ? null : plainClaims(judged.claims), claims, name);
  }
});

test('a second verifier, in plain Python from the page alone, agrees on every vector', (context) => {
  const run = spawnSync('python3', [SECOND, FILE], { encoding: 'utf8' });
  if (run.error !== undefined) return skipLoudly(context, 'the second verifier of seals: no python3');
  assert.equal(run.stderr, '');
  const answers = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; verdict: string; claims: unknown });
  assert.deepEqual(
    answers,
    vectors.cases.map(({ name, verdict, claims }) => ({ name, verdict, claims })),
  );
});
