import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '#test/support/seeded.ts';
import { audit } from '../../../auditor/audit.ts';
import { readSigner } from '../../../auditor/notes.ts';
import type { Random } from './frauds.ts';
import { FRAUDS } from './frauds.ts';
import type { Operator } from './operator.ts';
import { openOperator, verifierKeys } from './operator.ts';

const keys = await verifierKeys();
const ROUNDS = Number(process.env['AKASHI_FRAUDS'] ?? 1000);
const SEED = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

const randomFrom = (seed: number): Random => ({ below: seeded(seed) });

/** Some hours of honest work: certificates, a few withdrawals, checkpoints every few seconds. */
const honestHistory = async ({ below }: Random): Promise<Operator> => {
  const operator = openOperator();
  const rounds = 3 + below(5);
  for (let round = 0; round < rounds; round += 1) {
    operator.world.now += 5 + below(3 * 3600);
    const count = 1 + below(6);
    for (let number = 0; number < count; number += 1) operator.issue(`S-${round}-${number}`);
    if (round >= rounds - 2) operator.withdraw(`S-${round}-0`);
    operator.world.now += below(300);
    assert.ok(await operator.publish());
  }
  return operator;
};

const auditOf = (operator: Operator) =>
  audit({
    log: 'https://verify.akatsuki.example/log',
    status: 'https://verify.akatsuki.example/verify/status.json',
    witness: 'https://witness.example',
    logKeys: [readSigner(keys.log)],
    witnessKey: readSigner(keys.witness),
    fetch: operator.answer,
  });

test('an honest operator is found guilty of nothing', async (context) => {
  context.diagnostic(`seed ${SEED}`);
  for (let round = 0; round < ROUNDS / 10; round += 1) {
    const { findings } = await auditOf(await honestHistory(randomFrom(SEED + round)));
    assert.deepEqual(findings, [], `seed ${SEED + round}`);
  }
});

test('every fraud of an operator with all keys and all data is found, with one honest witness', async (context) => {
  context.diagnostic(`seed ${SEED}, ${ROUNDS} frauds`);
  const names = Object.keys(FRAUDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const name = names[round % names.length] ?? '';
    const random = randomFrom(SEED + round);
    const operator = await honestHistory(random);
    await FRAUDS[name]?.(operator, random);
    const { findings } = await auditOf(operator);
    assert.ok(findings.length > 0, `not found: ${name}, seed ${SEED + round}`);
  }
});

test('an audit remembers, so that a log and its witness together cannot show another past', async () => {
  const random = randomFrom(SEED);
  const operator = await honestHistory(random);
  const { memory } = await auditOf(operator);
  const other = await honestHistory(randomFrom(SEED + 1));
  other.world.leaves.push(...operator.world.leaves);
  other.world.now += 10_000;
  const result = await audit({
    log: 'https://verify.akatsuki.example/log',
    status: 'https://verify.akatsuki.example/verify/status.json',
    witness: 'https://witness.example',
    logKeys: [readSigner(keys.log)],
    witnessKey: readSigner(keys.witness),
    fetch: other.answer,
    ...(memory === undefined ? {} : { before: memory }),
  });
  assert.ok(result.findings.some(({ code }) => code === 'fork' || code === 'rolled-back'));
});
