import assert from 'node:assert/strict';
import { simpleParser } from 'mailparser';
import { pino } from 'pino';
import { systemClock } from '#platform/clock.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import { mailJobs } from '#platform/mail/send-mail.ts';
import { openTransport } from '#platform/mail/transport.ts';
import type { TestDatabase } from '#test/support/database.ts';
import type { RelayAnswer } from '#test/support/relay.ts';
import { startRelay } from '#test/support/relay.ts';
import { seededUnit } from '#test/support/seeded.ts';

export type Misfortune = 'busy' | 'breaking' | 'away';

/**
 * Sends `count` mails through two workers to a relay that answers 421 or 451 to one in ten, and besides, breaks one
 * connection in ten after DATA (`breaking`) or is down at first (`away`). Returns how often each arrived, by Message-ID.
 */
export const deliverAll = async (
  { db, pool }: TestDatabase,
  { count, seed, misfortune }: { count: number; seed: number; misfortune: Misfortune },
): Promise<Map<string, number>> => {
  const random = seededUnit(seed);
  const answer = (): RelayAnswer => {
    const drawn = random();
    if (drawn < 0.1) return drawn < 0.05 ? 421 : 451;
    return misfortune === 'breaking' && drawn < 0.2 ? 'break after DATA' : 250;
  };
  let relay = await startRelay({ answer });
  const port = Number(new URL(relay.url).port);
  if (misfortune === 'away') await relay.close();
  const transport = openTransport({ smtpUrl: relay.url });
  const log = pino({ level: 'silent' });
  const from = { name: 'x', address: 'noreply@example.ac.jp' };
  const pause = () => Temporal.Duration.from({ milliseconds: 20 });
  const jobs = mailJobs({ db, clock: systemClock, transport, from, log, pause });
  for (let n = 0; n < count; n += 1) {
    const texts = { subject: `s${n}`, text: 't', html: 'h' };
    await queueMail(db, systemClock, { ...texts, to: `s${n}@example.jp`, kind: 'soak', reference: null });
  }
  const workers = [await startWorker(pool, jobs, log), await startWorker(pool, jobs, log)];
  const left = async (): Promise<number> =>
    (await db.selectFrom('mail_outbox').select('id').where('state', '=', 'queued').execute()).length;
  const tried = () => db.selectFrom('mail_outbox').select('id').where('attempts', '>', 0).executeTakeFirst();
  try {
    if (misfortune === 'away') {
      while ((await tried()) === undefined) await new Promise((done) => setTimeout(done, 20));
      assert.equal(await left(), count);
      relay = await startRelay({ answer, port });
    }
    while ((await left()) > 0) await new Promise((done) => setTimeout(done, 50));
  } finally {
    for (const worker of workers) await worker.stop();
    transport.close();
    await relay.close();
  }
  const arrived = new Map<string, number>();
  for (const { raw } of relay.received) {
    const id = (await simpleParser(raw)).messageId ?? '';
    arrived.set(id, (arrived.get(id) ?? 0) + 1);
  }
  return arrived;
};
