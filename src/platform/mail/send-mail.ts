import { sql } from 'kysely';
import { recordEvent } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { transaction } from '../database/database.ts';
import { prepare } from '../database/prepare.ts';
import type { JobHandlers } from '../jobs/jobs.ts';
import { addJob } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import { SEND_JOB, sendJobKey } from './outbox.ts';
import type { ReturnPaths } from './return-path.ts';
import type { MailTransport } from './transport.ts';

export type Mailbox = { readonly name: string; readonly address: string };

export type MailJobDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly transport: MailTransport;
  readonly from: Mailbox;
  readonly log: Log;
  /** Absent where no delivery reports are taken in: mails then return to the sender's address. */
  readonly returnPaths?: ReturnPaths;
  /** How long to wait after the n-th refused attempt, from 1. */
  readonly pause?: (attempts: number) => Temporal.Duration;
};

/** 10 s, doubled each time, a quarter of an hour at most, and never given up (RFC 5321 §4.5.4.1 asks for days). */
const growingPause = (attempts: number): Temporal.Duration =>
  Temporal.Duration.from({ seconds: Math.min(900, 10 * 2 ** Math.min(attempts - 1, 10)) });

const SWEEP_JOB = 'sweep-mail';
const SWEEP_EVERY = { minutes: 1 };
/** A mail this long past its time has no living worker: the one that had it died between reply and commit. */
const ORPHANED_AFTER = { minutes: 2 };
/** Added once a refusal is final; whoever owns the address listens. */
export const MAIL_REFUSED_JOB = 'mail-refused';

/**
 * The jobs `send-mail` and `sweep-mail`. The row stays locked while the relay is asked, so that two workers never send
 * one mail twice. A reply 5xx to the recipient or the message is final (RFC 5321 §4.2.1); anything else, a relay that
 * refuses us altogether among it, is tried again, for as long as it takes.
 */
export const mailJobs = (dependencies: MailJobDependencies): JobHandlers => ({
  [SEND_JOB]: async ({ mailId }) => {
    if (mailId !== undefined) await transaction(dependencies.db, (tx) => sendOnce(tx, dependencies, mailId));
  },
  [SWEEP_JOB]: () => sweepMail(dependencies),
});

/** Call once when a worker starts; the sweep then keeps itself going. */
export const scheduleMailSweep = (db: Database): Promise<void> =>
  addJob(db, SWEEP_JOB, {}, { key: SWEEP_JOB });

const sweepMail = async ({ db, clock }: MailJobDependencies): Promise<void> => {
  const now = clock.now();
  const orphans = await db
    .selectFrom('mail_outbox')
    .select('id')
    .where('state', '=', 'queued')
    .where('next_try_at', '<', now.subtract(ORPHANED_AFTER))
    .orderBy('next_try_at')
    .limit(500)
    .execute();
  for (const { id } of orphans) await addJob(db, SEND_JOB, { mailId: id }, { key: sendJobKey(id) });
  await addJob(db, SWEEP_JOB, {}, { key: SWEEP_JOB, runAt: now.add(SWEEP_EVERY) });
};

type OfMail = { readonly mailId: string };

const lockQueued = prepare((db, { mailId }: OfMail) =>
  db
    .selectFrom('mail_outbox')
    .select(['id', 'message_id', 'recipient', 'subject', 'text_body', 'html_body', 'attempts', 'kind'])
    .where('id', '=', mailId)
    .where('state', '=', 'queued')
    .forUpdate(),
);

/** Bodies hold links and codes; only the reader keeps them once a mail has left, or never will. */
const EMPTY = { text_body: '', html_body: '' };

const noteSent = prepare((db, { mailId, at }: OfMail & { readonly at: Temporal.Instant }) =>
  db
    .updateTable('mail_outbox')
    .set({ state: 'sent', sent_at: at, last_error: null, next_try_at: null, ...EMPTY })
    .set({ attempts: sql`attempts + 1` })
    .where('id', '=', mailId),
);

type Row = { id: string; message_id: string; recipient: string; attempts: number; kind: string } & {
  subject: string;
  text_body: string;
  html_body: string;
};

const sendOnce = async (tx: Database, dependencies: MailJobDependencies, mailId: string): Promise<void> => {
  const row = await lockQueued.first(tx, { mailId });
  if (row === undefined) return;
  try {
    await handOver(dependencies, row);
  } catch (error) {
    return noteRefusal(tx, dependencies, row, error as SmtpError);
  }
  const now = dependencies.clock.now();
  await noteSent.write(tx, { mailId, at: now });
  await record(tx, now, 'mail.accepted', row, {});
};

const handOver = async (
  { transport, from, clock, returnPaths }: MailJobDependencies,
  row: Row,
): Promise<void> => {
  await transport.sendMail({
    from: { name: from.name, address: from.address },
    to: { name: '', address: row.recipient },
    envelope: { from: returnPaths?.addressOf(row.id) ?? from.address, to: row.recipient },
    subject: row.subject,
    text: row.text_body,
    html: row.html_body,
    messageId: `<${row.message_id}@${from.address.split('@')[1] ?? 'localhost'}>`,
    date: clock.now().toString(),
    // RFC 3834 §5: nobody's holiday notice answers an automatic mail.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  });
};

type SmtpError = Error & { responseCode?: number; command?: string; response?: string };

/** Only what was said of the recipient or the message is about this mail; the rest is about the relay and us. */
const finalStatus = (error: SmtpError): string | null => {
  const code = error.responseCode ?? 0;
  const aboutThisMail = error.command === 'RCPT TO' || error.command === 'DATA';
  if (!aboutThisMail || code < 500 || code > 599) return null;
  return /\b(5\.\d{1,3}\.\d{1,3})\b/.exec(error.response ?? '')?.[1] ?? (code === 550 ? '5.1.1' : '5.0.0');
};

const noteRefusal = async (
  tx: Database,
  { clock, log, pause = growingPause }: MailJobDependencies,
  row: Row,
  error: SmtpError,
): Promise<void> => {
  const now = clock.now();
  const status = finalStatus(error);
  const attempts = row.attempts + 1;
  log.warn({ mailId: row.id, code: error.responseCode ?? null, status, attempts }, 'mail not accepted');
  const change = tx
    .updateTable('mail_outbox')
    .set({ attempts, last_error: error.message.slice(0, 500) })
    .where('id', '=', row.id);
  if (status === null) {
    const next = now.add(pause(attempts));
    await change.set({ next_try_at: next }).execute();
    await addJob(tx, SEND_JOB, { mailId: row.id }, { key: sendJobKey(row.id), runAt: next });
    return;
  }
  await change.set({ state: 'failed', refused_status: status, next_try_at: null, ...EMPTY }).execute();
  await record(tx, now, 'mail.refused', row, { status });
  await addJob(tx, MAIL_REFUSED_JOB, { mailId: row.id }, { key: `mail-refused:${row.id}` });
};

const record = (
  tx: Database,
  at: Temporal.Instant,
  type: string,
  { id, kind }: Row,
  data: Readonly<Record<string, string>>,
): Promise<void> =>
  recordEvent(tx, { at, type, subject: `mail:${id}`, actor: 'relay', data: { kind, ...data } });
