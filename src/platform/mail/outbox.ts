import { randomUUID } from 'node:crypto';
import type { Transporter } from 'nodemailer';
import { createTransport } from 'nodemailer';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { transaction } from '../database/database.ts';
import type { JobHandlers } from '../jobs/jobs.ts';
import { addJob } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What the mail is for, such as `mail-address-confirmation`, and which row it speaks of. */
  readonly kind: string;
  readonly reference: string | null;
};

export type MailState = {
  readonly state: 'queued' | 'sent' | 'failed';
  readonly attempts: number;
  /** What the mail server answered, for staff; may hold the address, so it is never logged. */
  readonly lastError: string | null;
  readonly queuedAt: Temporal.Instant;
  readonly sentAt: Temporal.Instant | null;
};

export type MailTransport = Transporter;
export type Mailbox = { readonly name: string; readonly address: string };

const JOB = 'send-mail';

/**
 * Puts a mail in the outbox through the caller's transaction: it goes out only when that commits, and a dead relay
 * delays it without losing it. Returns the outbox id, from which the Message-ID is made, stable over every attempt.
 */
export const queueMail = async (tx: Database, clock: Clock, mail: Mail): Promise<string> => {
  const id = randomUUID();
  await tx
    .insertInto('mail_outbox')
    .values({
      id,
      message_id: id,
      recipient: mail.to,
      subject: mail.subject,
      text_body: mail.text,
      html_body: mail.html,
      kind: mail.kind,
      reference: mail.reference,
      queued_at: clock.now(),
    })
    .execute();
  await addJob(tx, JOB, { mailId: id }, { key: `mail:${id}` });
  return id;
};

/** The state of the newest mail of a kind about a reference, or null when none was queued. */
export const mailState = async (db: Database, kind: string, reference: string): Promise<MailState | null> => {
  const row = await db
    .selectFrom('mail_outbox')
    .select(['state', 'attempts', 'last_error', 'queued_at', 'sent_at'])
    .where('kind', '=', kind)
    .where('reference', '=', reference)
    .orderBy('queued_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    state: row.state as MailState['state'],
    attempts: row.attempts,
    lastError: row.last_error,
    queuedAt: row.queued_at,
    sentAt: row.sent_at,
  };
};

/** A pooled connection to a relay: `smtp://host:port` or `smtps://user:password@host`. Nothing is sent yet. */
export const openTransport = (smtpUrl: string): MailTransport =>
  createTransport(smtpUrl, { disableFileAccess: true, disableUrlAccess: true } as Record<string, unknown>);

export type MailJobDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly transport: MailTransport;
  readonly from: Mailbox;
  readonly log: Log;
};

type Outcome = 'done' | 'retry';

/**
 * The job `send-mail`. The row stays locked while the relay is asked, so that two workers never send one mail twice.
 * A reply 5xx is final (RFC 5321 §4.2.1) and marks the mail failed; anything else throws and is tried again.
 */
export const mailJobs = (dependencies: MailJobDependencies): JobHandlers => ({
  [JOB]: async ({ mailId }) => {
    if (mailId === undefined) return;
    // The count of attempts must survive, so the transaction commits before the job reports its failure.
    const outcome = await transaction(dependencies.db, (tx) => sendOnce(tx, dependencies, mailId));
    if (outcome === 'retry') throw new Error('the mail relay did not accept the mail yet');
  },
});

/** Bodies hold links and codes; only the reader keeps them once a mail has left, or never will. */
const EMPTY = { text_body: '', html_body: '' };

const sendOnce = async (
  tx: Database,
  dependencies: MailJobDependencies,
  mailId: string,
): Promise<Outcome> => {
  const { transport, from, clock, log } = dependencies;
  const row = await tx
    .selectFrom('mail_outbox')
    .select(['id', 'message_id', 'recipient', 'subject', 'text_body', 'html_body', 'attempts'])
    .where('id', '=', mailId)
    .where('state', '=', 'queued')
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return 'done';
  const mark = (values: {
    state?: string;
    sent_at?: Temporal.Instant;
    last_error: string | null;
    text_body?: string;
    html_body?: string;
  }) =>
    tx
      .updateTable('mail_outbox')
      .set({ ...values, attempts: row.attempts + 1 })
      .where('id', '=', mailId)
      .execute();
  try {
    await transport.sendMail({
      from: { name: from.name, address: from.address },
      to: { name: '', address: row.recipient },
      subject: row.subject,
      text: row.text_body,
      html: row.html_body,
      messageId: `<${row.message_id}@${from.address.split('@')[1] ?? 'localhost'}>`,
      date: clock.now().toString(),
      // RFC 3834 §5: nobody's holiday notice answers an automatic mail.
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    await mark({ state: 'sent', sent_at: clock.now(), last_error: null, ...EMPTY });
    return 'done';
  } catch (error) {
    const code = (error as { responseCode?: number }).responseCode ?? 0;
    const final = code >= 500 && code < 600;
    await mark({
      ...(final ? { state: 'failed', ...EMPTY } : {}),
      last_error: String((error as Error).message),
    });
    log.warn({ mailId, code, final }, 'mail not accepted');
    return final ? 'done' : 'retry';
  }
};
