import { createPublicKey, randomUUID } from 'node:crypto';
import { parseAddress } from '#features/mail-address/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Environment } from '#src/config.ts';
import { loadUniversity } from '#src/config.ts';
import { openMail, readDkimKey } from '../compose/mail.ts';
import type { Commands } from './command.ts';

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
    const spki = createPublicKey(key.privateKey).export({ type: 'spki', format: 'der' });
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

/** `akashi mail …`. */
export const MAIL_COMMANDS: Commands = {
  'mail test': {
    takes: '<address>',
    about: 'hand a test mail to the relay and print its answer',
    run: (environment, words) => sendTestMail(environment, words[0]),
  },
  'mail records': {
    about: 'print the DNS records for signatures and delivery reports',
    run: (environment) => printMailRecords(environment),
  },
};
