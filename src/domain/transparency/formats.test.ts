import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import type { Leaf } from './leaf.ts';
import { decodeBundle, decodeLeaf, encodeBundle, encodeLeaf } from './leaf.ts';
import type { Verifier } from './note.ts';
import { cosignLine, decodeVerifier, encodeVerifier, parseNote, signedAt, signLine } from './note.ts';
import { parseTilePath, tilePath } from './tile-path.ts';

test('tiles have the paths of tlog-tiles, read back strictly', () => {
  assert.equal(tilePath(0, 1_234_067, 256), '0/x001/x234/067');
  assert.equal(tilePath(1, 0, 17), '1/000.p/17');
  assert.equal(tilePath('entries', 273, 112), 'entries/273.p/112');
  assert.deepEqual(parseTilePath('0/x001/x234/067'), { level: 0, index: 1_234_067, width: 256 });
  assert.deepEqual(parseTilePath('entries/000.p/1'), { level: 'entries', index: 0, width: 1 });
  for (const path of ['0/1', '00/000', '0/x000/001', '0/001.p/0', '0/001.p/256', '64/000', '0/000/', 'x/000'])
    assert.equal(parseTilePath(path), null, path);
});

const signer = async (name: string, kind: Verifier['kind']) => {
  const pair = (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey));
  const sign = async (bytes: Uint8Array) =>
    new Uint8Array(await webcrypto.subtle.sign('Ed25519', pair.privateKey, new Uint8Array(bytes)));
  const verifier: Verifier = { name, publicKey, kind };
  return { verifier, sign };
};

test('a checkpoint is signed by the log, cosigned by a witness, and by nobody else', async () => {
  const log = await signer('log.example/akashi', 'log');
  const witness = await signer('witness.example', 'witness');
  const stranger = await signer('witness.example', 'witness');
  const checkpoint = { origin: 'log.example/akashi', size: 70_000, root: new Uint8Array(32).fill(7) };
  const text = checkpointText(checkpoint);
  const cosignature = await cosignLine(text, { ...witness, seconds: 1_795_000_000 });
  const note = `${text}\n${await signLine(text, log.verifier, log.sign)}${cosignature}`;
  assert.deepEqual(parseCheckpoint(note), checkpoint);
  const parsed = parseNote(note);
  assert.equal(await signedAt(parsed, log.verifier), 0);
  assert.equal(await signedAt(parsed, witness.verifier), 1_795_000_000);
  assert.equal(await signedAt(parsed, stranger.verifier), null);
  const longer = parseNote(note.replace('70000', '70001'));
  assert.equal(await signedAt(longer, log.verifier), null);
  assert.equal(await signedAt(longer, witness.verifier), null);
  assert.deepEqual(await decodeVerifier(await encodeVerifier(witness.verifier)), witness.verifier);
  await assert.rejects(decodeVerifier('witness.example+00000000+AAAA'), RangeError);
  for (const bad of ['', 'a\n', `${text}`, note.slice(0, -1), note.replace('— ', '- ')])
    assert.throws(() => parseNote(bad), RangeError);
});

test('leaves are read back strictly, alone and in bundles', () => {
  const leaves: Leaf[] = [
    {
      kind: 'issue',
      serial: 'AK7Q',
      impression: 1,
      type: 'enrolment',
      at: 5,
      date: '1970-01-01',
      commitments: ['a', 'b'],
    },
    { kind: 'void', serial: 'AK7Q', impression: 1, reason: 'reprinted', at: 6 },
  ];
  const entries = decodeBundle(encodeBundle(leaves.map(encodeLeaf)));
  assert.deepEqual(entries.map(decodeLeaf), leaves);
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const text of [
    '{}',
    '[]',
    `${JSON.stringify(leaves[0])} `,
    '{"kind":"void","serial":"A","impression":1,"at":6,"reason":"x"}',
  ])
    assert.throws(() => decodeLeaf(bytes(text)), text);
  assert.throws(() => decodeBundle(new Uint8Array([0, 9, 1])), RangeError);
});
