import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { pino } from 'pino';
import { SMTPServer } from 'smtp-server';
import { withDatabase } from '#test/support/database.ts';
import { manualClock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { mailJobs, mailState, openTransport, queueMail } from './outbox.ts';

const clock = manualClock('2026-11-24T01:00:00Z');
const mail = {
  to: 'student@example.ac.jp',
  subject: '件名 Subject',
  text: '本文',
  html: '<p>本文</p>',
  kind: 'test',
  reference: 'one',
};

/** A relay that answers each message with the next of `replies` (250 once they run out). */
const startRelay = async (replies: number[]) => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const responseCode = replies.shift() ?? 250;
        if (responseCode === 250) received.push(Buffer.concat(chunks).toString());
        callback(responseCode === 250 ? null : Object.assign(new Error('no'), { responseCode }));
      });
    },
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((closed) => server.close(() => closed()));
  return { url: `smtp://127.0.0.1:${port}`, received, close };
};

const withOutbox = (
  replies: number[],
  work: (tools: { db: Database; send: (id: string) => Promise<void>; received: string[] }) => Promise<void>,
) =>
  withDatabase(async ({ db }) => {
    const relay = await startRelay(replies);
    const transport = openTransport(relay.url);
    const from = { name: '証明書', address: 'noreply@example.ac.jp' };
    const jobs = mailJobs({ db, clock, transport, from, log: pino({ level: 'silent' }) });
    const send = async (mailId: string) => jobs['send-mail']?.({ mailId });
    await work({ db, send, received: relay.received }).finally(() => {
      transport.close();
      return relay.close();
    });
  });

test('a queued mail has a job, and workers that race send it once', () =>
  withOutbox([], async ({ db, send, received }) => {
    const id = await queueMail(db, clock, mail);
    const jobs = await sql<{ count: bigint }>`select count(*) from graphile_worker.jobs`.execute(db);
    assert.equal(jobs.rows[0]?.count, 1n);
    await Promise.all([send(id), send(id), send(id)]);
    assert.equal(received.length, 1);
    const parsed = await simpleParser(received[0] ?? '');
    assert.equal(parsed.messageId, `<${id}@example.ac.jp>`);
    assert.equal(parsed.headers.get('auto-submitted'), 'auto-generated');
    assert.equal(parsed.subject, mail.subject);
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'sent');
    const left = await db.selectFrom('mail_outbox').select(['text_body', 'html_body']).execute();
    assert.deepEqual(left, [{ text_body: '', html_body: '' }]);
  }));

test('a reply 4xx is tried again, a reply 5xx is final', () =>
  withOutbox([451, 250, 550], async ({ db, send }) => {
    const id = await queueMail(db, clock, mail);
    await assert.rejects(send(id));
    const waiting = await mailState(db, 'test', 'one');
    assert.deepEqual([waiting?.state, waiting?.attempts], ['queued', 1]);
    await send(id);
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'sent');
    const refused = await queueMail(db, clock, { ...mail, reference: 'two' });
    await send(refused);
    assert.equal((await mailState(db, 'test', 'two'))?.state, 'failed');
  }));

test('a mail queued in a transaction that rolls back does not exist', () =>
  withDatabase(async ({ db }) => {
    const work = db.transaction().execute(async (tx) => {
      await queueMail(tx, clock, mail);
      throw new Error('rolled back');
    });
    await assert.rejects(work);
    assert.equal(await mailState(db, 'test', 'one'), null);
  }));
