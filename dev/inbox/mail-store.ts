import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ParsedMail } from 'mailparser';

export type StoredMail = {
  readonly id: string;
  readonly receivedAt: string;
  readonly to: string;
  /** The sender of the envelope, to whom delivery reports go. */
  readonly returnPath: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type MailStore = {
  add: (mail: StoredMail) => void;
  /** Newest first; those to `address` where one is given. */
  list: (address?: string) => StoredMail[];
  find: (id: string) => StoredMail | undefined;
};

/** Mails in memory, and in a file of JSON lines so that they are still there at the next start. */
export const openMailStore = (file: string | undefined): MailStore => {
  const mails: StoredMail[] = [];
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    for (const line of lines) if (line !== '') mails.push(JSON.parse(line) as StoredMail);
  }
  return {
    add: (mail) => {
      mails.push(mail);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(mail)}\n`);
    },
    list: (address) => mails.filter((mail) => address === undefined || mail.to === address).toReversed(),
    find: (id) => mails.find((mail) => mail.id === id),
  };
};

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : ((value as { text?: string } | undefined)?.text ?? String(value));

export const storedMailOf = (
  parsed: ParsedMail,
  { recipient, returnPath }: { readonly recipient: string; readonly returnPath: string },
  id: string,
  receivedAt: string,
): StoredMail => ({
  id,
  receivedAt,
  to: recipient,
  returnPath,
  from: parsed.from?.text ?? '',
  subject: parsed.subject ?? '',
  text: parsed.text ?? '',
  html: parsed.html === false ? '' : (parsed.html ?? ''),
  headers: Object.fromEntries([...parsed.headers].map(([name, value]) => [name, textOf(value)])),
});
