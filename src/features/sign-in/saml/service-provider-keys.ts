import type { KeyObject } from 'node:crypto';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#platform/clock.ts';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import { readOrNull } from '#platform/keys/kept-bytes.ts';

/** Separate keys, because a signing key that also decrypts can be made to do either for a stranger. */
export type ServiceProviderKeys = {
  readonly signing: KeyAndCertificate;
  readonly encryption: KeyAndCertificate;
  /** Announced in metadata, not used yet: the providers learn it before it comes into force. */
  readonly next: { readonly signing: KeyAndCertificate; readonly encryption: KeyAndCertificate } | null;
  /** The pair before the last rollover: still decrypts, still announced in metadata. */
  readonly previousEncryption: KeyAndCertificate | null;
};

/** Private keys that may open an assertion, the current one first. */
export const decryptionKeysOf = (keys: ServiceProviderKeys): KeyObject[] =>
  [keys.encryption, keys.next?.encryption, keys.previousEncryption].flatMap((pair) =>
    pair === undefined || pair === null ? [] : [createPrivateKey(pair.privateKeyPem)],
  );

/**
 * Reads `saml-signing.*` and `saml-encryption.*` (`.key`, `.crt`, PEM) from `folder`, making what is missing;
 * `…-next.*` and `saml-encryption-previous.*` are there during a rollover. Keys are readable by the owner alone.
 */
export const loadOrCreateServiceProviderKeys = async (
  folder: string,
  clock: Clock,
): Promise<ServiceProviderKeys> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const signing = await loadOrCreate(folder, 'saml-signing', clock);
  const encryption = await loadOrCreate(folder, 'saml-encryption', clock);
  const previousEncryption = await load(folder, 'saml-encryption-previous');
  const nextSigning = await load(folder, 'saml-signing-next');
  const nextEncryption = await load(folder, 'saml-encryption-next');
  const next =
    nextSigning === null || nextEncryption === null
      ? null
      : { signing: nextSigning, encryption: nextEncryption };
  return { signing, encryption, next, previousEncryption };
};

const loadOrCreate = async (folder: string, name: string, clock: Clock): Promise<KeyAndCertificate> => {
  const stored = await load(folder, name);
  if (stored !== null) return stored;
  const made = createSelfSigned(`Akashi ${name}`, clock.now());
  await writePair(folder, name, made);
  return made;
};

/** Writes a new pair; fails where there is one. */
export const writePair = async (folder: string, name: string, pair: KeyAndCertificate): Promise<void> => {
  // One file first and exclusively: of two processes that start together, one fails rather than overwrite.
  await write(join(folder, `${name}.crt`), pair.certificatePem, 0o644);
  await write(join(folder, `${name}.key`), pair.privateKeyPem, 0o600);
};

const write = async (path: string, text: string, mode: number): Promise<void> => {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

const load = async (folder: string, name: string): Promise<KeyAndCertificate | null> => {
  const privateKeyPem = await readText(join(folder, `${name}.key`));
  const certificatePem = await readText(join(folder, `${name}.crt`));
  if (privateKeyPem === null && certificatePem === null) return null;
  if (privateKeyPem === null || certificatePem === null) {
    throw new Error(`${folder}: ${name}.key and ${name}.crt must both be there or both be absent`);
  }
  if (!new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem)))
    throw new Error(`${folder}: ${name}.key is not the key of ${name}.crt`);
  return { privateKeyPem, certificatePem };
};

const readText = async (path: string): Promise<string | null> => {
  const bytes = await readOrNull(path);
  return bytes === null ? null : Buffer.from(bytes).toString();
};
