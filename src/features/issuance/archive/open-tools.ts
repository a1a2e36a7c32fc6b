import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as x509 from '@peculiar/x509';
import type { Clock } from '#platform/clock.ts';
import { developmentLists } from '#platform/keys/development-lists.ts';
import type { ArchiveTools } from './extend-document.ts';
import { createRevocationLists } from './revocation-lists.ts';
import { createTimestampClient } from './timestamp-client.ts';

type Options = {
  readonly clock: Clock;
  readonly signerRoots: ArchiveTools['signerRoots'];
  readonly keyFolder: string;
  readonly variables: Readonly<NodeJS.ProcessEnv>;
};

/** A certificate file in DER or PEM. Throws naming the file when it is neither. */
const readRoot = async (path: string): Promise<Uint8Array> => {
  const bytes = await readFile(path);
  const pem = bytes.includes('-----BEGIN');
  try {
    return new Uint8Array(new x509.X509Certificate(pem ? bytes.toString() : new Uint8Array(bytes)).rawData);
  } catch {
    throw new Error(`${path} is not a certificate (AKASHI_TIMESTAMP_ROOT)`);
  }
};

/**
 * The timestamp authority of `AKASHI_TIMESTAMP_URL`, with `AKASHI_TIMESTAMP_ROOT` (a file) trusted and
 * `AKASHI_TIMESTAMP_POLICY` (an object identifier, optional) demanded; null where no URL is set.
 */
export const openArchiveTools = async ({
  clock,
  signerRoots,
  keyFolder,
  variables,
}: Options): Promise<ArchiveTools | null> => {
  const url = variables['AKASHI_TIMESTAMP_URL'];
  const root = variables['AKASHI_TIMESTAMP_ROOT'];
  if (!url) return null;
  if (!root) throw new Error('AKASHI_TIMESTAMP_ROOT is not set: whose timestamps shall be believed?');
  const roots = [await readRoot(root)];
  const service = { url, policy: variables['AKASHI_TIMESTAMP_POLICY'] || null, roots };
  return {
    clock,
    requestTimestamp: createTimestampClient({ service, clock, randomBytes }),
    revocationLists: createRevocationLists(() => developmentLists(keyFolder, clock.now())),
    signerRoots,
    timestampRoots: roots,
  };
};
