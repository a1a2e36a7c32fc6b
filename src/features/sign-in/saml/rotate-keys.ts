import { constants, copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#platform/clock.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import { loadOrCreateServiceProviderKeys, writePair } from './service-provider-keys.ts';

export const ROTATION_STEPS = ['prepare', 'switch', 'retire'] as const;
export type RotationStep = (typeof ROTATION_STEPS)[number];

const ENDINGS = ['.crt', '.key'];

/**
 * One step of a change of keys, between which the providers must have read our metadata again:
 * `prepare` makes the next pairs, which metadata announces beside the ones in use; `switch` brings them into force,
 * while the old encryption pair goes on decrypting; `retire` removes that. Throws an Error when the step is not due.
 * A running service takes the change at its next start. A `switch` that was cut short is finished by another one.
 */
export const rotateServiceProviderKeys = async (
  folder: string,
  step: RotationStep,
  clock: Clock,
): Promise<void> => {
  const path = (name: string): string => join(folder, name);
  if (step === 'switch') {
    if ((await loadOrNull(folder, clock))?.next === null) throw new Error('no next keys: prepare first');
    for (const ending of ENDINGS) {
      const previous = path(`saml-encryption-previous${ending}`);
      await copyFile(path(`saml-encryption${ending}`), previous, constants.COPYFILE_EXCL).catch(
        ignoreExisting,
      );
    }
    for (const name of ['saml-encryption', 'saml-signing']) {
      for (const ending of ENDINGS)
        await rename(path(`${name}-next${ending}`), path(`${name}${ending}`)).catch(ignoreMissing);
    }
    return;
  }
  const keys = await loadOrCreateServiceProviderKeys(folder, clock);
  if (step === 'prepare') {
    if (keys.next !== null)
      throw new Error('the next keys are there already: switch when the providers know them');
    if (keys.previousEncryption !== null) throw new Error('the last change is not finished: retire first');
    for (const name of ['saml-signing-next', 'saml-encryption-next'])
      await writePair(folder, name, createSelfSigned(`Akashi ${name.replace('-next', '')}`, clock.now()));
    return;
  }
  if (keys.previousEncryption === null) throw new Error('there is no previous key to retire');
  for (const ending of ENDINGS) await rm(path(`saml-encryption-previous${ending}`));
};

/** Null where a step was cut short and a pair is half moved. */
const loadOrNull = (folder: string, clock: Clock) =>
  loadOrCreateServiceProviderKeys(folder, clock).catch(() => null);

const ignoring = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error;
};
const ignoreExisting = ignoring('EEXIST');
const ignoreMissing = ignoring('ENOENT');
