import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { prepare } from '../database/prepare.ts';
import { addJob } from '../jobs/jobs.ts';
import { wrap } from './wrap.ts';

export type Mail = {
  readonly to: string;
  readonly subject: string;
  /** Its lines may have any length: it is sent at 76 columns. */
  readonly text: string;
  readonly html: string;
  /** What the mail is for, such as `mail-address-confirmation`, and which row it speaks of. */
  readonly kind: string;
  readonly reference: string | null;
};

export type MailState = {
  /** `refused`: the relay, or a delivery report afterwards, said that it will never arrive. */
  readonly state: 'queued' | 'sent' | 'refused';
  readonly attempts: number;
  /** The RFC 3463 status of a refusal, such as `5.1.1`. */
  readonly status: string | null;
  readonly queuedAt: Temporal.Instant;
  readonly sentAt: Temporal.Instant | null;
};

export const SEND_JOB = 'send-mail';
export const sendJobKey = (mailId: string): string => `mail:${mailId}`;

const insert = prepare((db, mail: Mail & { readonly id: string; readonly at: Temporal.Instant }) =>
  db.insertInto('mail_outbox').values({
    id: mail.id,
    message_id: mail.id,
    recipient: mail.to,
    subject: mail.subject,
    text_body: mail.text,
    html_body: mail.html,
    kind: mail.kind,
    reference: mail.reference,
    queued_at: mail.at,
    next_try_at: mail.at,
  }),
);

/**
 * Puts a mail in the outbox through the caller's transaction: it goes out only when that commits, and a dead relay
 * delays it without losing it. Returns the outbox id, from which the Message-ID is made, stable over every attempt.
 */
export const queueMail = async (tx: Database, clock: Clock, mail: Mail): Promise<string> => {
  const id = randomUUID();
  await insert.write(tx, { ...mail, id, text: wrap(mail.text), at: clock.now() });
  await addJob(tx, SEND_JOB, { mailId: id }, { key: sendJobKey(id) });
  return id;
};

/** The state of the newest mail of a kind about a reference, or null when none was queued. */
export const mailState = async (db: Database, kind: string, reference: string): Promise<MailState | null> => {
  const row = await db
    .selectFrom('mail_outbox')
    .select(['state', 'attempts', 'refused_status', 'queued_at', 'sent_at'])
    .where('kind', '=', kind)
    .where('reference', '=', reference)
    .orderBy('queued_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const refused = row.state === 'failed' || row.refused_status !== null;
  return {
    state: refused ? 'refused' : row.state === 'sent' ? 'sent' : 'queued',
    attempts: row.attempts,
    status: row.refused_status,
    queuedAt: row.queued_at,
    sentAt: row.sent_at,
  };
};

/** Where a mail went and what for; undefined for an id that the outbox does not know. */
export const findMail = async (
  db: Database,
  mailId: string,
): Promise<
  | {
      recipient: string;
      kind: string;
      reference: string | null;
      status: string | null;
      queuedAt: Temporal.Instant;
    }
  | undefined
> => {
  const row = await db
    .selectFrom('mail_outbox')
    .select(['recipient', 'kind', 'reference', 'refused_status', 'queued_at'])
    .where('id', '=', mailId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { recipient, kind, reference, refused_status: status, queued_at: queuedAt } = row;
  return { recipient, kind, reference, status, queuedAt };
};

/** Mails that were tried and not accepted yet, by what the relay said, or what kept us from asking it. */
export const listDelayedMails = async (
  db: Database,
): Promise<{ error: string; mails: number; since: Temporal.Instant; nextTry: Temporal.Instant }[]> => {
  const rows = await db
    .selectFrom('mail_outbox')
    .select(({ fn }) => [
      'last_error',
      fn.countAll<bigint>().as('mails'),
      fn.min('queued_at').as('since'),
      fn.min('next_try_at').as('next'),
    ])
    .where('state', '=', 'queued')
    .where('attempts', '>', 0)
    .groupBy('last_error')
    .orderBy('since')
    .execute();
  return rows.map((row) => ({
    error: row.last_error ?? '',
    mails: Number(row.mails),
    since: row.since,
    nextTry: row.next ?? row.since,
  }));
};

/** Erases whom mails went to, and about what, that have left since before an instant; returns how many. */
export const eraseOldMails = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const old = db.deleteFrom('mail_outbox').where('queued_at', '<', before).where('state', '<>', 'queued');
  return Number((await old.executeTakeFirst()).numDeletedRows);
};
