import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, toBase64 } from '#domain/bytes.ts';
import { encodeVerifier } from '#domain/transparency/note.ts';
import type { PublishedKeys } from '#features/verification/index.ts';
import { encodeChain } from '#platform/keys/file-keys.ts';
import type { KeyRing, OpenKey } from '#platform/keys/key-ring.ts';
import { openKeyIn, openKeyRing } from '#platform/keys/key-ring.ts';
import type { SigningKey } from '#platform/keys/signing-key-store.ts';
import { openToken } from '#platform/keys/token/token.ts';
import type { Environment } from '#src/config.ts';
import { keeperOf } from './keeper.ts';
import type { Platform } from './platform.ts';
import type { Transparency } from './transparency.ts';

export const keyFolderOf = ({ dataFolder }: { readonly dataFolder: string }): string =>
  join(dataFolder, 'keys');

/**
 * Opens keys in the key folder, and in the token whose library is `AKASHI_PKCS11_LIBRARY` and whose PIN is in the file
 * `AKASHI_PKCS11_PIN_FILE`. Neither is ever taken from the register.
 */
export const keyOpenerOf = (environment: Environment): OpenKey => {
  const library = environment.variables['AKASHI_PKCS11_LIBRARY'];
  const pinFile = environment.variables['AKASHI_PKCS11_PIN_FILE'];
  if (!library) return openKeyIn(keyFolderOf(environment));
  if (!pinFile) throw new Error('AKASHI_PKCS11_PIN_FILE is not set');
  const readPin = async (): Promise<string> => (await readFile(pinFile, 'utf8')).trim();
  return openKeyIn(keyFolderOf(environment), openToken({ library, readPin }));
};

/** The register of signing keys; one that is empty takes the first keys from their files. */
export const openKeys = ({
  db,
  clock,
  environment,
  university,
}: Omit<Platform, 'serviceProvider'>): Promise<KeyRing> => {
  const folder = keyFolderOf(environment);
  const first = { now: clock.now(), university: university.nameEn, keep: keeperOf(environment) };
  return openKeyRing({ db, folder, open: keyOpenerOf(environment), first });
};

/** The roots of every document key, old ones too, each once; DER. */
export const signerRootsOf = (keys: readonly SigningKey[]): Uint8Array[] => {
  const roots = keys.flatMap(({ chain }) => chain?.slice(-1) ?? []);
  return [...new Map(roots.map((root) => [toBase64(root), root])).values()];
};

/** Works something out of a public key, once: its id is made of it. */
const onceForEach = (work: (key: SigningKey) => Promise<string>): ((key: SigningKey) => Promise<string>) => {
  const known = new Map<string, Promise<string>>();
  return (key) => {
    const made = known.get(key.keyId) ?? work(key);
    known.set(key.keyId, made);
    return made;
  };
};

/** What the verification page judges with, as the register has it at the moment of asking. */
export const publishedKeysOf = (
  ring: KeyRing,
  transparency: Transparency,
  timestampRoots: readonly Uint8Array[],
) => {
  const verifierOf = onceForEach((key) => encodeVerifier(transparency.verifierOf(key)));
  const hashOf = onceForEach(async ({ publicKeySpki }) => toBase64(await sha256(publicKeySpki)));
  return async (): Promise<PublishedKeys> => {
    const keys = await ring.list();
    return {
      sealKeys: keys
        .filter(({ purpose }) => purpose === 'seal')
        .map(({ keyId, publicKeySpki }) => ({ kid: keyId, spkiBase64: toBase64(publicKeySpki) })),
      logKeys: {
        log: await Promise.all(
          keys.filter(({ purpose, retiredAt }) => purpose === 'log' && retiredAt === null).map(verifierOf),
        ),
        witness: transparency.witnessKey,
      },
      pdfRoots: {
        signers: encodeChain(signerRootsOf(keys)),
        signerKeys: await Promise.all(keys.filter(({ purpose }) => purpose === 'document').map(hashOf)),
        timestamps: encodeChain(timestampRoots),
      },
    };
  };
};
