import { isKnownToWitness } from '#features/transparency-log/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { isSigning } from '#platform/keys/key-ring.ts';
import { openLog } from '#platform/log.ts';
import type { Environment } from '#src/config.ts';
import { loadUniversity } from '#src/config.ts';
import { openKeys } from '../compose/keys.ts';
import { openTransparency } from '../compose/transparency.ts';

/** The log of the environment as commands need it: its keys, old ones too, and its witness. */
export const transparencyOf = async (environment: Environment, db: Database) => {
  const university = await loadUniversity(environment.universityFolder);
  const platform = { db, clock: systemClock, log: openLog('warn'), environment, university };
  const ring = await openKeys(platform);
  const { verifierOf, witnessKey, publish } = await openTransparency(platform, ring);
  const keys = (await ring.list()).filter(({ purpose }) => purpose === 'log');
  return { keys, verifierOf, witnessKey, publish };
};

/** Throws when the witness would refuse checkpoints from the moment on at which the old key of the log stops signing. */
export const checkWitnessKnowsLogKey = async (environment: Environment, db: Database): Promise<void> => {
  const { keys, verifierOf, publish } = await transparencyOf(environment, db);
  const signing = keys.find(isSigning);
  if (publish.witness === undefined || signing === undefined) return;
  const { publicKey } = verifierOf(signing);
  const signer = (await publish.identity.signers()).find(
    ({ verifier }) => Buffer.compare(verifier.publicKey, publicKey) === 0,
  );
  if (signer === undefined || !(await isKnownToWitness(db, signer, publish.witness)))
    throw new Error(
      'the witness does not know the new key of the log yet: give it what akashi log keys prints, or say --hurry',
    );
};
