import { join } from 'node:path';
import { decodeVerifier, encodeVerifier } from '#domain/transparency/note.ts';
import type { PublishDependencies, TransparencyLog } from '#features/transparency-log/index.ts';
import { logPath, openTransparencyLog } from '#features/transparency-log/index.ts';
import { openNoteKey } from '#platform/keys/note-key.ts';
import { keeperOf } from './keeper.ts';
import type { Platform } from './platform.ts';

export type Transparency = {
  readonly log: TransparencyLog;
  readonly publish: PublishDependencies;
  /** Verifier keys as auditors and verification pages take them; null where there is no witness. */
  readonly logKey: string;
  readonly witnessKey: string | null;
};

/** The log's key and its witness, as the environment and the university name them. */
export const openTransparency = async (
  platform: Omit<Platform, 'serviceProvider'>,
): Promise<Transparency> => {
  const { db, clock, log, environment, university } = platform;
  const key = await openNoteKey(join(environment.dataFolder, 'keys'), 'log.key', keeperOf(environment));
  const name = `${new URL(environment.baseUrl).host}${logPath()}`;
  const verifier = { name, publicKey: key.publicKey, kind: 'log' as const };
  const signer = { verifier, sign: key.sign };
  const { witness } = university;
  return {
    log: openTransparencyLog(db, clock, signer),
    publish: {
      db,
      clock,
      log,
      signer,
      witness:
        witness === null
          ? undefined
          : { url: witness.url, verifier: await decodeVerifier(witness.verifierKey) },
    },
    logKey: await encodeVerifier(verifier),
    witnessKey: witness?.verifierKey ?? null,
  };
};
