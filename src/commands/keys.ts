import { createPrivateKey, createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROTATION_STEPS, rotateServiceProviderKeys } from '#features/sign-in/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { encodeChain, newPrivateKey } from '#platform/keys/file-keys.ts';
import { existingBytes, keptBytes } from '#platform/keys/kept-bytes.ts';
import type { KeyPurpose } from '#platform/keys/key-holder.ts';
import { ALGORITHM_OF, KEY_PURPOSES } from '#platform/keys/key-holder.ts';
import type { KeyStep } from '#platform/keys/rotate-key.ts';
import { certifyNextKey, KEY_STEPS, rotateKey } from '#platform/keys/rotate-key.ts';
import type { SigningKey } from '#platform/keys/signing-key-store.ts';
import { listSigningKeys } from '#platform/keys/signing-key-store.ts';
import { loadUniversity } from '#src/config.ts';
import { keyFolderOf, keyOpenerOf } from '../compose/keys.ts';
import type { Command, Commands } from './command.ts';
import { readDecision, readHurry, readSubject, readWords, WHO_AND_WHY, withDatabase } from './command.ts';
import { checkWitnessKnowsLogKey } from './transparency.ts';

const MAKERS = {
  'document.key': () => newPrivateKey(ALGORITHM_OF.document),
  'seal.key': () => newPrivateKey(ALGORITHM_OF.seal),
  'log.key': () => newPrivateKey(ALGORITHM_OF.log),
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

/** The certificates of a PEM file, signer first and root last. Throws when one is not issued by the next. */
const readChain = (pem: string): X509Certificate[] => {
  const chain = (pem.match(PEM) ?? []).map((text) => new X509Certificate(text));
  const [signer] = chain;
  if (signer === undefined) throw new Error('keys chain: the file has no certificate in PEM');
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1] ?? certificate;
    if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey))
      throw new Error(`keys chain: ${certificate.subject} is not issued by ${issuer.subject}`);
  }
  return chain;
};

/**
 * Keeps the certificates of the first document key, before the service first runs. Throws when they are of another key,
 * or when a chain is there already.
 */
const keepFirstChain = async (folder: string, chain: readonly X509Certificate[]): Promise<void> => {
  const key = createPrivateKey({
    key: await existingBytes(folder, 'document.key'),
    format: 'der',
    type: 'pkcs8',
  });
  if (chain[0]?.publicKey.equals(createPublicKey(key)) !== true)
    throw new Error(
      'keys chain: the first certificate is neither of the next document key nor of document.key',
    );
  const text = JSON.stringify(encodeChain(chain.map(({ raw }) => raw)));
  const kept = await keptBytes(folder, 'document.chain.json', () => new TextEncoder().encode(text));
  if (new TextDecoder().decode(kept) !== text) throw new Error('keys chain: another chain is there already');
};

/** Keeps the certificates of the next document key, else of the first; answers how many. */
export const keepChain = async (db: Database, folder: string, pem: string): Promise<number> => {
  const chain = readChain(pem);
  const spki = chain[0]?.publicKey.export({ format: 'der', type: 'spki' }) ?? new Uint8Array();
  const certificates = chain.map(({ raw }) => new Uint8Array(raw));
  if (!(await certifyNextKey(db, new Uint8Array(spki), certificates))) await keepFirstChain(folder, chain);
  return chain.length;
};

const isPurpose = (word: string | undefined): word is KeyPurpose =>
  KEY_PURPOSES.some((purpose) => purpose === word);
const isStep = (word: string | undefined): word is KeyStep => KEY_STEPS.some((step) => step === word);

const STATE_OF_STEP: Readonly<Record<KeyStep, string>> = {
  prepare: 'is published and signs nothing yet',
  switch: 'signs from now on',
  retire: 'is retired: what it signed keeps verifying',
};

/** One step of a change of the seal, document or log key (docs/keys.md). */
const rotate: Command['run'] = async (environment, words) => {
  const [purpose, step, place] = readWords(words);
  if (!isPurpose(purpose) || !isStep(step))
    throw new Error(`keys rotate: say <${KEY_PURPOSES.join('|')}> <${KEY_STEPS.join('|')}>`);
  const decision = readDecision('keys rotate', words);
  const folder = keyFolderOf(environment);
  const { nameEn } = await loadUniversity(environment.universityFolder);
  const developmentFor = environment.mode === 'production' ? null : nameEn;
  const hurry = readHurry(words);
  await withDatabase(environment, async ({ db }) => {
    if (purpose === 'log' && step === 'retire' && !hurry) await checkWitnessKnowsLogKey(environment, db);
    const change = { purpose, ...decision, hurry, at: systemClock.now(), folder, developmentFor };
    const open = keyOpenerOf(environment);
    for (const key of await rotateKey(db, step, { ...change, open, place: place ?? null }))
      console.log(`${purpose} key ${key.keyId} (${key.place}) ${STATE_OF_STEP[step]}.`);
  });
};

const seconds = (at: Temporal.Instant): string => at.round('second').toString();

const stateOf = ({ signsFrom, signsUntil, retiredAt }: SigningKey): string => {
  if (signsFrom === null) return 'next';
  if (signsUntil === null) return `signs since ${seconds(signsFrom)}`;
  return `signed ${seconds(signsFrom)} to ${seconds(signsUntil)}${retiredAt === null ? '' : `, retired ${seconds(retiredAt)}`}`;
};

const list: Command['run'] = (environment) =>
  withDatabase(environment, async ({ db }) => {
    for (const key of await listSigningKeys(db))
      console.log(`${key.purpose.padEnd(8)}  ${key.keyId}  ${stateOf(key)}  ${key.place}`);
  });

/** `akashi keys …`. */
export const KEY_COMMANDS: Commands = {
  'keys make': {
    about: 'make the file keys that are not there (docs/keys.md); none is overwritten',
    run: async ({ dataFolder }) => console.log((await makeKeys(join(dataFolder, 'keys'))).join('\n')),
  },
  'keys chain': {
    takes: '<PEM file>',
    about: 'keep the certificates of the next document key, or of the first, signer first',
    run: async (environment, words) => {
      const pem = await readFile(readSubject('keys chain', words, 'the PEM file'), 'utf8');
      await withDatabase(environment, async ({ db }) => {
        console.log(`${await keepChain(db, keyFolderOf(environment), pem)} certificates kept.`);
      });
    },
  },
  'keys list': { about: 'the seal, document and log keys, old ones too', run: list },
  'keys rotate': {
    takes: `<${KEY_PURPOSES.join('|')}> <${KEY_STEPS.join('|')}> ${WHO_AND_WHY} [--hurry]`,
    about: 'change a signing key while the service runs, step by step (docs/keys.md)',
    run: rotate,
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
