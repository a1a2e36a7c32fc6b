import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { recordEvent } from '../audit/audit.ts';
import type { Database } from '../database/database.ts';
import { transaction } from '../database/database.ts';
import { issueDevelopmentSigner } from './development-chain.ts';
import { readAuthorities } from './development-lists.ts';
import { newPrivateKey, openFileKey } from './file-keys.ts';
import { keptBytes } from './kept-bytes.ts';
import type { KeyHolder, KeyPurpose } from './key-holder.ts';
import { ALGORITHM_OF } from './key-holder.ts';
import type { OpenKey } from './key-ring.ts';
import { fileOf, isSigning } from './key-ring.ts';
import type { SigningKey } from './signing-key-store.ts';
import { changeSigningKey, insertSigningKey, lockSigningKeys } from './signing-key-store.ts';

export const KEY_STEPS = ['prepare', 'switch', 'retire'] as const;
export type KeyStep = (typeof KEY_STEPS)[number];

export type KeyChange = {
  readonly purpose: KeyPurpose;
  readonly by: string;
  readonly reason: string;
  readonly at: Temporal.Instant;
  readonly folder: string;
  readonly open: OpenKey;
  /** An object of a token that is the next key; null makes a file. Of `prepare` only. */
  readonly place: string | null;
  /** Switch before pages kept on phones know the next key: the old one is lost or stolen. */
  readonly hurry: boolean;
  /** The organisation of a development certificate; null where real certificates are signed. */
  readonly developmentFor: string | null;
};

type Step = (tx: Database, keys: readonly SigningKey[], change: KeyChange) => Promise<SigningKey[]>;

/** The file gets its name from the key in it, so that none is ever overwritten. */
const makeFile = async ({ folder, purpose }: KeyChange): Promise<{ place: string; holder: KeyHolder }> => {
  const algorithm = ALGORITHM_OF[purpose];
  const draft = `${purpose}-${randomBytes(8).toString('hex')}.new`;
  const holder = await openFileKey(await keptBytes(folder, draft, () => newPrivateKey(algorithm)), algorithm);
  const place = `${purpose}-${holder.keyId}.key`;
  await rename(join(folder, draft), join(folder, place));
  return { place, holder };
};

const developmentChain = async (change: KeyChange, { keyId, publicKeySpki }: KeyHolder) => {
  const { purpose, developmentFor: university, folder, at: now } = change;
  const authorities = await readAuthorities(folder);
  if (purpose !== 'document' || university === null || authorities.length === 0) return null;
  const serialNumber = `01${keyId}`;
  return issueDevelopmentSigner(authorities, { publicKeySpki, now, university, serialNumber });
};

const prepare: Step = async (tx, keys, change) => {
  const { purpose, place: given, at } = change;
  if (keys.some(({ signsFrom }) => signsFrom === null))
    throw new Error(`the next ${purpose} key is there already: switch to it`);
  if (keys.some(({ signsUntil, retiredAt }) => signsUntil !== null && retiredAt === null))
    throw new Error(`the last change of the ${purpose} key is not finished: retire the old one`);
  if (keys.length === 0 && given === null)
    throw new Error(`there is no ${purpose} key to follow yet: start the service once`);
  const { place, holder } =
    given === null
      ? await makeFile(change)
      : { place: given, holder: await change.open(given, ALGORITHM_OF[purpose]) };
  const { keyId, publicKeySpki } = holder;
  const chain = await developmentChain(change, holder);
  const next = { keyId, purpose, place, publicKeySpki, chain, publishedAt: at, signsFrom: null };
  if (!(await insertSigningKey(tx, next))) throw new Error(`the key ${keyId} is known already`);
  return [{ ...next, signsUntil: null, retiredAt: null }];
};

/** How long a phone that checks without a network may go on with the page that it has. */
const WAIT = { hours: 24 };

/** Checkpoints bear both signatures for a while, so that a change of the log's key may be quick. */
const checkPublishedLongEnough = ({ purpose, publishedAt }: SigningKey, at: Temporal.Instant): void => {
  const due = publishedAt.add(WAIT);
  if (purpose !== 'log' && Temporal.Instant.compare(at, due) < 0)
    throw new Error(
      `the next ${purpose} key is not known everywhere before ${due.round('second')}: wait, or say --hurry where the old one is lost or stolen`,
    );
};

const switchOver: Step = async (tx, keys, { purpose, at, open, hurry }) => {
  const next = keys.find(({ signsFrom }) => signsFrom === null);
  if (next === undefined) throw new Error(`no next ${purpose} key: prepare one first`);
  if (purpose === 'document' && next.chain === null)
    throw new Error('the next document key has no certificate yet: akashi keys chain <PEM file>');
  const { keyId } = await open(next.place, ALGORITHM_OF[purpose]);
  if (keyId !== next.keyId) throw new Error(`${next.place} is not the ${purpose} key ${next.keyId}`);
  const current = keys.find(isSigning);
  if (current !== undefined && !hurry) checkPublishedLongEnough(next, at);
  if (current !== undefined) await changeSigningKey(tx, current.keyId, { signsUntil: at });
  await changeSigningKey(tx, next.keyId, { signsFrom: at });
  return [next];
};

const retire: Step = async (tx, keys, { purpose, at }) => {
  const old = keys.filter(({ signsUntil }) => signsUntil !== null);
  if (old.length === 0) throw new Error(`no ${purpose} key has been followed by another`);
  for (const { keyId, retiredAt } of old)
    if (retiredAt === null) await changeSigningKey(tx, keyId, { retiredAt: at });
  return old;
};

const STEPS: Readonly<Record<KeyStep, Step>> = { prepare, switch: switchOver, retire };

/**
 * One step of a change of keys while the service runs: `prepare` publishes the next key, `switch` has every process sign
 * with it from its next signature on, `retire` deletes the private half of the old one, whose public half stays for
 * ever. Answers the keys that the step is about. Throws an Error when the step is not due. A `retire` that was cut short
 * is finished by another one.
 */
export const rotateKey = async (db: Database, step: KeyStep, change: KeyChange): Promise<SigningKey[]> => {
  const { purpose, by, reason, at, hurry } = change;
  const concerned = await transaction(db, async (tx) => {
    const found = await STEPS[step](tx, await lockSigningKeys(tx, purpose), change);
    const keyId = found.map((key) => key.keyId).join(' ');
    const data = { keyId, reason, ...(hurry ? { hurry: 'yes' } : {}) };
    const type = `signing-key.${step}`;
    await recordEvent(tx, { at, type, subject: `signing-key:${purpose}`, actor: by, data });
    return found;
  });
  if (step === 'retire')
    for (const { place } of concerned) {
      const file = fileOf(change.folder, place);
      if (file !== null) await rm(file, { force: true });
    }
  return concerned;
};

/** Keeps the certificates of the next document key, DER, signer first; false when there is no such key. */
export const certifyNextKey = (db: Database, spki: Uint8Array, chain: Uint8Array[]): Promise<boolean> =>
  transaction(db, async (tx) => {
    const keys = await lockSigningKeys(tx, 'document');
    const next = keys.find(
      ({ signsFrom, publicKeySpki }) => signsFrom === null && Buffer.compare(publicKeySpki, spki) === 0,
    );
    if (next !== undefined) await changeSigningKey(tx, next.keyId, { chain });
    return next !== undefined;
  });
