import { createPublicKey, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { cancelRequest, parseAddress, showAddress } from '#features/mail-address/index.ts';
import { forgetPerson } from '#platform/audit/audit.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Environment } from '#src/config.ts';
import { loadUniversity } from '#src/config.ts';
import { openMail, readDkimKey } from './mail.ts';

/** Hands a mail to the relay at once and prints what it said: no outbox, no database. Throws the relay's refusal. */
const sendTestMail = async (environment: Environment, typed: string | undefined): Promise<void> => {
  const verdict = parseAddress(typed ?? '', { smtpUtf8: true });
  if (!verdict.ok) throw new Error('mail test: name the mail address to write to');
  const university = await loadUniversity(environment.universityFolder);
  const mail = await openMail(environment, university, systemClock);
  const id = randomUUID();
  try {
    const sent = (await mail.transport.sendMail({
      from: mail.from,
      to: { name: '', address: verdict.address },
      envelope: { from: mail.returnPaths?.addressOf(id) ?? mail.from.address, to: verdict.address },
      subject: `試験メール / Test mail: ${university.nameEn}`,
      text: `証明書発行サービスからの試験メールです。\nThis is a test mail of the certificate issuance service.\n`,
      messageId: `<${id}@${mail.from.address.split('@')[1] ?? 'localhost'}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })) as { response: string; envelope: { from: string } };
    console.log(`The relay answered: ${sent.response}`);
    console.log(`Return path: ${sent.envelope.from}`);
    const { dkim } = university.mail;
    console.log(dkim === null ? 'Not signed.' : `Signed for ${dkim.domain}, selector ${dkim.selector}.`);
  } finally {
    mail.transport.close();
  }
};

/** Prints the DNS records that receivers and reports need. */
const printMailRecords = async (environment: Environment): Promise<void> => {
  const university = await loadUniversity(environment.universityFolder);
  const { from, reportDomain } = university.mail;
  const key = await readDkimKey(environment, university);
  if (key !== undefined) {
    const spki = createPublicKey(key.privateKeyPem).export({ type: 'spki', format: 'der' });
    const record = `v=DKIM1; k=rsa; p=${spki.toString('base64')}`;
    // RFC 6376 §3.6.2.2: a TXT record is a row of strings of at most 255 octets.
    const strings = (record.match(/.{1,255}/g) ?? []).map((text) => `"${text}"`).join(' ');
    console.log(`${key.selector}._domainkey.${key.domain}. IN TXT ${strings}`);
  }
  if (reportDomain !== null) {
    const host = new URL(environment.baseUrl).hostname;
    console.log(`${reportDomain}. IN MX 10 ${host}.`);
    console.log(`${reportDomain}. IN TXT "v=spf1 include:<your relay> -all"`);
  }
  console.log(`_dmarc.${from.split('@')[1] ?? ''}. IN TXT "v=DMARC1; p=quarantine"`);
};

type Command = (environment: Environment, words: string[]) => Promise<void>;
type WithDatabase = (
  environment: Environment,
  work: (database: { readonly db: Database }) => Promise<void>,
) => Promise<void>;
type ReadDecision = (command: string, words: readonly string[]) => { by: string; reason: string };

/** The account or subject that a command is about: its first word that belongs to no option. */
const subjectOf = (command: string, words: readonly string[]): string => {
  const options = { by: { type: 'string' }, reason: { type: 'string' } } as const;
  const [subject] = parseArgs({ args: [...words], options, allowPositionals: true }).positionals;
  if (subject === undefined) throw new Error(`${command}: name the account`);
  return subject;
};

/** What staff and operators may do about mail and addresses at the command line. */
export const mailCommands = (
  withDatabase: WithDatabase,
  readDecision: ReadDecision,
): Readonly<Record<string, Command>> => ({
  'audit forget': (environment, words) =>
    withDatabase(environment, async ({ db }) => {
      const decision = readDecision('audit forget', words);
      const subject = subjectOf('audit forget', words);
      const erased = await forgetPerson(db, { subject, ...decision, at: systemClock.now() });
      console.log(erased ? `The values of ${subject} are gone.` : `There was no key of ${subject}.`);
    }),
  'mail-address show': (environment, words) =>
    withDatabase(environment, async ({ db }) => {
      const decision = readDecision('mail-address show', words);
      const name = subjectOf('mail-address show', words);
      console.log(JSON.stringify(await showAddress({ db, clock: systemClock }, name, decision), null, 2));
    }),
  'mail-address cancel': (environment, words) =>
    withDatabase(environment, async ({ db }) => {
      const decision = readDecision('mail-address cancel', words);
      const name = subjectOf('mail-address cancel', words);
      const cancelled = await cancelRequest({ db, clock: systemClock }, name, decision);
      console.log(cancelled ? 'The pending request is cancelled.' : 'Nothing was pending.');
    }),
  'mail test': (environment, words) => sendTestMail(environment, words[0]),
  'mail records': (environment) => printMailRecords(environment),
});
