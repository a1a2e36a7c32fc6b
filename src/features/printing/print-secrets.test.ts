import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { createPrintSecrets } from './print-secrets.ts';

const secrets = createPrintSecrets(randomBytes(32));
const kept = (printNumber: string, pin: string) => {
  const id = randomUUID();
  return { id, secrets: secrets.seal(id, { printNumber, pin }) };
};

test('a PIN is the one that its job keeps and no other, and that of no job is none', () => {
  const job = kept('123456789012', '0420');
  assert.ok(secrets.checkPin(job, '0420'));
  for (const pin of ['0421', '420', '04200', '', '----']) {
    assert.ok(!secrets.checkPin(job, pin), pin);
    assert.ok(!secrets.checkPin(undefined, pin), pin);
  }
});

test('equal PINs are kept unlike, and open under the key and the job they were sealed for only', () => {
  const [one, other] = [kept('123456789012', '0420'), kept('123456789012', '0420')];
  assert.notDeepEqual(one.secrets.subarray(28), other.secrets.subarray(28));
  assert.throws(() => secrets.open(other.id, one.secrets));
  assert.throws(() => createPrintSecrets(randomBytes(32)).open(one.id, one.secrets));
});
