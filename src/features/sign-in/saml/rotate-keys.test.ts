import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '#platform/clock.ts';
import { rotateServiceProviderKeys } from './rotate-keys.ts';
import { decryptionKeysOf, loadOrCreateServiceProviderKeys } from './service-provider-keys.ts';

const withKeys = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-keys-'));
  await work(folder).finally(() => rmSync(folder, { recursive: true }));
};
const load = (folder: string) => loadOrCreateServiceProviderKeys(folder, systemClock);
const rotate = (folder: string, step: 'prepare' | 'switch' | 'retire') =>
  rotateServiceProviderKeys(folder, step, systemClock);

test('keys change in three steps, and both ends decrypt throughout', () =>
  withKeys(async (folder) => {
    const first = await load(folder);
    await rotate(folder, 'prepare');
    const prepared = await load(folder);
    assert.deepEqual([prepared.signing, prepared.encryption], [first.signing, first.encryption]);
    assert.equal(decryptionKeysOf(prepared).length, 2);
    await rotate(folder, 'switch');
    const switched = await load(folder);
    assert.deepEqual(switched.signing, prepared.next?.signing);
    assert.deepEqual(switched.encryption, prepared.next?.encryption);
    assert.deepEqual(switched.previousEncryption, first.encryption);
    await rotate(folder, 'retire');
    const left = decryptionKeysOf(await load(folder)).map((key) =>
      key.export({ type: 'pkcs8', format: 'pem' }),
    );
    assert.deepEqual(left, [switched.encryption.privateKeyPem]);
  }));

test('a step that is not due says which one is', () =>
  withKeys(async (folder) => {
    await load(folder);
    await assert.rejects(rotate(folder, 'switch'), /prepare first/);
    await assert.rejects(rotate(folder, 'retire'), /no previous key/);
    await rotate(folder, 'prepare');
    await assert.rejects(rotate(folder, 'prepare'), /there already/);
    await rotate(folder, 'switch');
    await assert.rejects(rotate(folder, 'prepare'), /retire first/);
  }));

test('a switch that was cut short is noticed at the start and finished by another one', () =>
  withKeys(async (folder) => {
    const first = await load(folder);
    await rotate(folder, 'prepare');
    renameSync(join(folder, 'saml-signing-next.crt'), join(folder, 'saml-signing.crt'));
    await assert.rejects(load(folder), /saml-signing/);
    await rotate(folder, 'switch');
    const switched = await load(folder);
    assert.deepEqual(switched.previousEncryption, first.encryption);
    assert.equal(existsSync(join(folder, 'saml-signing-next.key')), false);
  }));
