import { createPrivateKey, createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROTATION_STEPS, rotateServiceProviderKeys } from '#features/sign-in/index.ts';
import { systemClock } from '#platform/clock.ts';
import { newDocumentKey, newSealKey } from '#platform/keys/file-keys.ts';
import { keptBytes } from '#platform/keys/kept-bytes.ts';
import { newNoteKey } from '#platform/keys/note-key.ts';
import type { Commands } from './command.ts';
import { readSubject } from './command.ts';

const MAKERS = {
  'document.key': newDocumentKey,
  'seal.key': newSealKey,
  'log.key': newNoteKey,
  'print.key': () => randomBytes(32),
} as const;

/** Makes the file keys that are not there, and says of each whether it was; none is ever overwritten. */
export const makeKeys = async (folder: string): Promise<string[]> => {
  const said: string[] = [];
  for (const [name, make] of Object.entries(MAKERS)) {
    const there = existsSync(join(folder, name));
    await keptBytes(folder, name, make);
    said.push(`${name}  ${there ? 'was there' : 'made'}`);
  }
  return said;
};

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Keeps the certificates of the document key, signer first and root last. Throws when the first is not of that key, when
 * one is not issued by the next, or when a chain is there already.
 */
export const keepChain = async (folder: string, pem: string): Promise<number> => {
  const chain = (pem.match(PEM) ?? []).map((text) => new X509Certificate(text));
  const [signer] = chain;
  if (signer === undefined) throw new Error('keys chain: the file has no certificate in PEM');
  const key = createPrivateKey({
    key: await readFile(join(folder, 'document.key')),
    format: 'der',
    type: 'pkcs8',
  });
  if (!signer.publicKey.equals(createPublicKey(key)))
    throw new Error('keys chain: the first certificate is not of document.key');
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1] ?? certificate;
    if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey))
      throw new Error(`keys chain: ${certificate.subject} is not issued by ${issuer.subject}`);
  }
  const text = JSON.stringify(chain.map(({ raw }) => raw.toString('base64')));
  const kept = await keptBytes(folder, 'document.chain.json', () => new TextEncoder().encode(text));
  if (new TextDecoder().decode(kept) !== text) throw new Error('keys chain: another chain is there already');
  return chain.length;
};

/** `akashi keys …`. */
export const KEY_COMMANDS: Commands = {
  'keys make': {
    about: 'make the file keys that are not there (docs/keys.md); none is overwritten',
    run: async ({ dataFolder }) => console.log((await makeKeys(join(dataFolder, 'keys'))).join('\n')),
  },
  'keys chain': {
    takes: '<PEM file>',
    about: 'keep the certificates of the document key, signer first and root last',
    run: async ({ dataFolder }, words) => {
      const file = readSubject('keys chain', words, 'the PEM file');
      const count = await keepChain(join(dataFolder, 'keys'), await readFile(file, 'utf8'));
      console.log(`${count} certificates kept.`);
    },
  },
  'keys saml': {
    takes: `<${ROTATION_STEPS.join('|')}>`,
    about: 'change the SAML keys, step by step (docs/sign-in.md)',
    run: async ({ dataFolder }, [step]) => {
      const known = ROTATION_STEPS.find((name) => name === step);
      if (known === undefined) throw new Error(`keys saml: say one of ${ROTATION_STEPS.join(', ')}`);
      await rotateServiceProviderKeys(join(dataFolder, 'keys'), known, systemClock);
      console.log(
        'Done. The service takes it at its next start; then give its metadata to the providers again.',
      );
    },
  },
};
