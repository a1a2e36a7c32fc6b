import type { Verifier } from '#domain/transparency/note.ts';
import { decodeVerifier } from '#domain/transparency/note.ts';
import type { PublishDependencies, TransparencyLog } from '#features/transparency-log/index.ts';
import { logPath, openTransparencyLog } from '#features/transparency-log/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { KeyHolder } from '#platform/keys/key-holder.ts';
import type { KeyRing } from '#platform/keys/key-ring.ts';
import type { Platform } from './platform.ts';

export type Transparency = {
  readonly log: TransparencyLog;
  readonly publish: PublishDependencies;
  /** A key as auditors and verification pages take it; every key of the log bears the log's name. */
  readonly verifierOf: (key: Pick<KeyHolder, 'publicKeySpki'>) => Verifier;
  /** Null where there is no witness. */
  readonly witnessKey: string | null;
};

/** An Ed25519 SPKI ends in the key's 32 bytes (RFC 8410 §4). */
const rawKey = (spki: Uint8Array): Uint8Array => spki.slice(-32);

/** The log's keys and its witness, as the register and the university name them. */
export const openTransparency = async (
  { db, clock, log, environment, university }: Omit<Platform, 'serviceProvider'>,
  ring: KeyRing,
): Promise<Transparency> => {
  const origin = `${new URL(environment.baseUrl).host}${logPath()}`;
  const verifierOf: Transparency['verifierOf'] = ({ publicKeySpki }) => ({
    name: origin,
    publicKey: rawKey(publicKeySpki),
    kind: 'log',
  });
  const signers = async (over?: Database) =>
    (await ring.log(over)).map((key) => ({ verifier: verifierOf(key), sign: key.sign }));
  const identity = { origin, signers };
  const { witness } = university;
  return {
    log: openTransparencyLog(db, clock, identity),
    publish: {
      db,
      clock,
      log,
      identity,
      witness:
        witness === null
          ? undefined
          : { url: witness.url, verifier: await decodeVerifier(witness.verifierKey) },
    },
    verifierOf,
    witnessKey: witness?.verifierKey ?? null,
  };
};
