import { createTransport } from 'nodemailer';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { transaction } from '../database/database.ts';
import type { JobHandlers } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import { lockQueuedMail, markRefused, markSent } from './outbox.ts';

export type Sender = { readonly name: string; readonly address: string };

/** Hands one message to a relay; throws what nodemailer throws. */
export type MailTransport = {
  send: (message: {
    from: Sender;
    to: string;
    subject: string;
    text: string;
    html: string;
    messageId: string;
    headers: Readonly<Record<string, string>>;
  }) => Promise<void>;
  close: () => void;
};

const PATIENCE = 20_000;

/** A pooled SMTP connection to the relay of `url`, such as `smtp://relay.example:587`. */
export const openTransport = (url: string): MailTransport => {
  const relay = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, ...message }) => {
      // An address object, not text: nodemailer then has nothing to parse that a person typed.
      await relay.sendMail({ ...message, to: { name: '', address: to } });
    },
    close: () => relay.close(),
  };
};

type MailJobs = {
  readonly db: Database;
  readonly clock: Clock;
  readonly transport: MailTransport;
  readonly from: Sender;
  readonly log: Log;
};

const replyCode = (error: unknown): number | null => {
  const code = (error as { responseCode?: unknown }).responseCode;
  return typeof code === 'number' ? code : null;
};

/**
 * Sends queued mail. A 4xx answer or a lost connection is tried again later, a 5xx answer is final. The row stays
 * locked while the relay answers, so that two workers never send one mail twice.
 */
export const mailJobs = ({ db, clock, transport, from, log }: MailJobs): JobHandlers => ({
  'send-mail': async ({ id = '' }) => {
    try {
      await transaction(db, async (tx) => {
        const mail = await lockQueuedMail(tx, id);
        if (mail === null) return;
        const headers = { 'Auto-Submitted': 'auto-generated' };
        const { to, subject, text, html, messageId } = mail;
        await transport.send({ from, to, subject, text, html, messageId, headers });
        await markSent(tx, id, clock.now());
      });
    } catch (error) {
      const code = replyCode(error);
      const final = code !== null && code >= 500;
      await markRefused(db, id, `${code ?? 'connection'}`, final);
      log.warn({ mail: id, code, final }, 'mail refused');
      if (!final) throw error;
    }
  },
});
