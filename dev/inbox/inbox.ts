import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { LOOPBACK, refuseProduction } from '../shared/development-only.ts';
import { listen } from '../shared/listen.ts';
import type { MailStore } from './mail-store.ts';
import { openMailStore, storedMailOf } from './mail-store.ts';
import { createInboxPages } from './pages.tsx';

export type Inbox = { readonly smtpUrl: string; readonly webUrl: string; close: () => Promise<void> };

export type InboxOptions = {
  /** 0 takes a free one. */
  readonly smtpPort: number;
  readonly webPort: number;
  /** Where mails are kept between starts; nowhere when absent. */
  readonly dataFolder?: string;
  /** Where delivery reports are taken in; the pages then offer to send one. */
  readonly reportUrl?: string;
};

const LARGEST_MAIL = 10 * 1024 * 1024;

const receive = async (
  store: MailStore,
  stream: Readable,
  { returnPath, recipients }: { returnPath: string; recipients: readonly string[] },
): Promise<void> => {
  const parsed = await simpleParser(stream);
  const receivedAt = Temporal.Now.instant().toString();
  for (const recipient of recipients) {
    store.add(storedMailOf(parsed, { recipient, returnPath }, randomUUID(), receivedAt));
  }
};

const receiveWith = callbackify(receive);

const createSmtpServer = (store: MailStore): SMTPServer =>
  new SMTPServer({
    banner: 'development inbox',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_MAIL,
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      const { mailFrom } = session.envelope;
      const returnPath = mailFrom === false ? '' : mailFrom.address;
      receiveWith(store, stream, { returnPath, recipients }, done);
    },
  });

/** A real SMTP server that delivers to a web page: every mail the service sends on this machine can be read there. */
export const startInbox = async (options: InboxOptions): Promise<Inbox> => {
  refuseProduction('The inbox');
  const { dataFolder } = options;
  const store = openMailStore(dataFolder === undefined ? undefined : join(dataFolder, 'inbox.jsonl'));
  const smtp = createSmtpServer(store);
  smtp.on('error', () => {});
  await new Promise<void>((done) => smtp.listen(options.smtpPort, LOOPBACK, done));
  const web = await listen(
    createServer(getRequestListener(createInboxPages(store, options.reportUrl).fetch)),
    options.webPort,
  );
  const { port: smtpPort } = smtp.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://${LOOPBACK}:${smtpPort}`,
    webUrl: web.url,
    close: async () => {
      await web.close();
      await new Promise<void>((done) => smtp.close(done));
    },
  };
};
