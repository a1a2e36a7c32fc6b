import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { newPrivateKey } from '#platform/keys/file-keys.ts';
import type { KeyPurpose } from '#platform/keys/key-holder.ts';
import { ALGORITHM_OF, KEY_PURPOSES } from '#platform/keys/key-holder.ts';
import { skipLoudly } from './skip.ts';

const LIBRARIES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];

export type SoftToken = {
  readonly library: string;
  readonly pin: string;
  /** Where a key of that purpose lies. */
  readonly uriOf: (purpose: KeyPurpose) => string;
};

/** Runs `work` beside a token of SoftHSM with one key for each purpose; skips where SoftHSM is not installed. */
export const withSoftToken = async (
  context: TestContext,
  work: (token: SoftToken) => Promise<void>,
): Promise<void> => {
  const library = LIBRARIES.find((path) => existsSync(path));
  if (library === undefined)
    return skipLoudly(context, 'softhsm2 is not installed: no key signed in a token');
  const folder = mkdtempSync(join(tmpdir(), 'akashi-token-'));
  const before = process.env['SOFTHSM2_CONF'];
  process.env['SOFTHSM2_CONF'] = join(folder, 'softhsm2.conf');
  const pin = '271828';
  const softhsm = (...words: string[]) =>
    execFileSync('softhsm2-util', [...words, '--pin', pin], { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    mkdirSync(join(folder, 'tokens'));
    writeFileSync(join(folder, 'softhsm2.conf'), `directories.tokendir = ${join(folder, 'tokens')}\n`);
    softhsm('--init-token', '--free', '--label', 'akashi', '--so-pin', pin);
    for (const [at, purpose] of KEY_PURPOSES.entries()) {
      const key = Buffer.from(await newPrivateKey(ALGORITHM_OF[purpose]));
      const file = join(folder, `${purpose}.pem`);
      const pem = createPrivateKey({ key, format: 'der', type: 'pkcs8' }).export({
        format: 'pem',
        type: 'pkcs8',
      });
      writeFileSync(file, pem);
      softhsm('--import', file, '--token', 'akashi', '--label', purpose, '--id', `0${at + 1}`);
    }
    await work({ library, pin, uriOf: (purpose) => `pkcs11:token=akashi;object=${purpose}` });
  } finally {
    if (before === undefined) delete process.env['SOFTHSM2_CONF'];
    else process.env['SOFTHSM2_CONF'] = before;
    rmSync(folder, { recursive: true, force: true });
  }
};
