import type { KeyObject } from 'node:crypto';
import { createPrivateKey, generateKeyPair, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Clock } from '#platform/clock.ts';
import { keptBytes } from '#platform/keys/kept-bytes.ts';
import type { ReturnPaths } from '#platform/mail/return-path.ts';
import { createReturnPaths } from '#platform/mail/return-path.ts';
import type { Mailbox } from '#platform/mail/send-mail.ts';
import { createSmtpUtf8Question } from '#platform/mail/smtputf8.ts';
import type { DkimKey, MailTransport } from '#platform/mail/transport.ts';
import { openTransport } from '#platform/mail/transport.ts';
import type { Environment, University } from '#src/config.ts';
import { keyFolderOf } from './keys.ts';

/** How this installation sends mail and takes back reports of it. */
export type MailParts = {
  readonly transport: MailTransport;
  readonly from: Mailbox;
  readonly returnPaths?: ReturnPaths;
  readonly offersSmtpUtf8: () => Promise<boolean>;
};

const newDkimKey = async (): Promise<Uint8Array> => {
  // RFC 8301 §3.2: 2048 bits is what every verifier takes.
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
};

/** Read once, and at the start: of a key that cannot be read the mailer says nothing, and sends without a signature. */
const privateKeyOf = (pem: string): KeyObject => {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new Error('the key of mail.dkim is not a PEM private key', { cause });
  }
};

/** The key of the configured signature: `AKASHI_DKIM_KEY` names a PEM file, else one is made under the data folder. */
export const readDkimKey = async (
  environment: Environment,
  university: University,
): Promise<DkimKey | undefined> => {
  const { dkim } = university.mail;
  if (dkim === null) return undefined;
  const file = environment.variables['AKASHI_DKIM_KEY'];
  const kept = () => keptBytes(keyFolderOf(environment), 'dkim.key', newDkimKey);
  const pem = file ? await readFile(file, 'utf8') : Buffer.from(await kept()).toString();
  return { ...dkim, privateKey: privateKeyOf(pem) };
};

export const openMail = async (
  environment: Environment,
  university: University,
  clock: Clock,
): Promise<MailParts> => {
  const { smtpUrl } = environment;
  const { from, fromName, reportDomain } = university.mail;
  const dkim = await readDkimKey(environment, university);
  const key = await keptBytes(keyFolderOf(environment), 'return-path.key', () => randomBytes(32));
  return {
    transport: openTransport({ smtpUrl, ...(dkim === undefined ? {} : { dkim }) }),
    from: { name: fromName.ja, address: from },
    ...(reportDomain === null ? {} : { returnPaths: createReturnPaths(reportDomain, key) }),
    offersSmtpUtf8: createSmtpUtf8Question(clock, smtpUrl),
  };
};
