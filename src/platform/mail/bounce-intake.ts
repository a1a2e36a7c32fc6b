import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { recordEvent } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { transaction } from '../database/database.ts';
import { addJob } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import { readDeliveryReport } from './delivery-status.ts';
import type { ReturnPaths } from './return-path.ts';
import { MAIL_REFUSED_JOB } from './send-mail.ts';

export type BounceIntake = { readonly port: number; close: () => Promise<void> };

export type BounceIntakeOptions = {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly returnPaths: ReturnPaths;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
};

/** Reports quote the mail they are about; ours are below 20 KB. */
const LARGEST = 256 * 1024;
const MOST_CLIENTS = 20;

const reply = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** The whole message as text, or null when it is longer than `LARGEST`; what is too long is read and forgotten. */
const readAll = async (stream: Readable): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST) chunks.push(chunk);
  }
  return size > LARGEST ? null : Buffer.concat(chunks).toString('latin1');
};

/**
 * Notes a failed delivery once: of any number of reports about a mail the first counts. Returns false when the mail is
 * unknown or was marked before.
 */
export const noteBounce = (
  { db, clock }: Pick<BounceIntakeOptions, 'db' | 'clock'>,
  mailId: string,
  status: string,
): Promise<boolean> =>
  transaction(db, async (tx) => {
    const now = clock.now();
    const marked = await tx
      .updateTable('mail_outbox')
      .set({ bounced_at: now, refused_status: status })
      .where('id', '=', mailId)
      .where('state', '=', 'sent')
      .where('bounced_at', 'is', null)
      .returning('kind')
      .executeTakeFirst();
    if (marked === undefined) return false;
    const data = { kind: marked.kind, status };
    await recordEvent(tx, { at: now, type: 'mail.bounced', subject: `mail:${mailId}`, actor: 'relay', data });
    await addJob(tx, MAIL_REFUSED_JOB, { mailId }, { key: `mail-refused:${mailId}` });
    return true;
  });

const receive = async (
  options: BounceIntakeOptions,
  stream: Readable & { sizeExceeded?: boolean },
  recipients: readonly string[],
): Promise<void> => {
  const message = await readAll(stream);
  if (message === null || stream.sizeExceeded === true) throw reply(552, '5.3.4 Message too big');
  const failed = readDeliveryReport(message)?.find(({ action }) => action === 'failed');
  for (const recipient of recipients) {
    const mailId = options.returnPaths.read(recipient);
    // A holiday notice, a delay, a receipt: taken and forgotten. Nothing here ever sends mail, so nothing can loop.
    if (mailId === null || failed === undefined) continue;
    const noted = await noteBounce(options, mailId, failed.status);
    options.log.info({ mailId, status: failed.status, noted }, 'delivery report');
  }
};

/**
 * Takes in delivery reports (RFC 3464) by SMTP. Only return paths that we made are recipients here; everything else is
 * refused at RCPT, before a byte of a message is read.
 */
export const startBounceIntake = async (options: BounceIntakeOptions): Promise<BounceIntake> => {
  const receiveWith = callbackify((stream: Readable, recipients: readonly string[]) =>
    receive(options, stream, recipients),
  );
  const server = new SMTPServer({
    banner: 'delivery reports only',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    maxClients: MOST_CLIENTS,
    socketTimeout: 30_000,
    closeTimeout: 1000,
    onRcptTo: ({ address }, session, done) => {
      if (session.envelope.rcptTo.length > 0) return done(reply(452, '4.5.3 One recipient at a time'));
      const known = options.returnPaths.read(address) !== null;
      done(known ? null : reply(550, '5.1.1 No such mailbox'));
    },
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      receiveWith(stream, recipients, (error) => {
        if (error === null) return done();
        if ('responseCode' in error) return done(error);
        options.log.error({ error: String(error) }, 'delivery report not taken');
        // The sender's queue keeps the report until our database is back.
        done(reply(451, '4.3.0 Try again later'));
      });
    },
  });
  server.on('error', (error) => options.log.info({ error: error.message }, 'bounce intake'));
  await new Promise<void>((done, fail) => {
    server.server.once('error', fail);
    server.listen(options.port, options.host, done);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((done) => server.close(() => done())),
  };
};
