import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { pino } from 'pino';
import { withDatabase } from '#test/support/database.ts';
import type { Relay, RelayOptions } from '#test/support/relay.ts';
import { startRelay } from '#test/support/relay.ts';
import { manualClock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { mailState, queueMail } from './outbox.ts';
import { createReturnPaths } from './return-path.ts';
import { mailJobs } from './send-mail.ts';
import { openTransport } from './transport.ts';
import { columnsOf } from './wrap.ts';

const mail = {
  to: 'student@example.ac.jp',
  subject: '件名 Subject',
  text: '本文',
  html: '<p>本文</p>',
  kind: 'test',
  reference: 'one',
};
const returnPaths = createReturnPaths('reports.example.ac.jp', Buffer.alloc(32, 7));
const from = { name: '証明書', address: 'noreply@example.ac.jp' };

type Tools = {
  db: Database;
  clock: ReturnType<typeof manualClock>;
  relay: Relay;
  run: (job: string, mailId?: string) => Promise<void>;
};

const withOutbox = (options: RelayOptions, work: (tools: Tools) => Promise<void>) =>
  withDatabase(async ({ db }) => {
    const clock = manualClock('2026-11-24T01:00:00Z');
    const relay = await startRelay(options);
    const transport = openTransport({ smtpUrl: relay.url });
    const log = pino({ level: 'silent' });
    const jobs = mailJobs({ db, clock, transport, from, log, returnPaths });
    const run = async (job: string, mailId = '') => jobs[job]?.({ mailId });
    await work({ db, clock, run, relay }).finally(() => {
      transport.close();
      return relay.close();
    });
  });

const queuedJobs = async (db: Database): Promise<string[]> => {
  const jobs = await sql<{ key: string | null; task: string }>`
    select key, task_identifier as task from graphile_worker.jobs order by id`.execute(db);
  return jobs.rows.map(({ key, task }) => key ?? task);
};

test('every mail is queued at 76 columns, whoever wrote it', () =>
  withOutbox({}, async ({ db, clock }) => {
    const text = `${'証明書を発行しました。'.repeat(20)}\n\n${'The certificate has been issued. '.repeat(9)}\n`;
    await queueMail(db, clock, { ...mail, text });
    const { text_body } = await db.selectFrom('mail_outbox').select('text_body').executeTakeFirstOrThrow();
    const lines = text_body.split('\n');
    assert.ok(lines.length > 8);
    for (const line of lines) assert.ok(columnsOf(line) <= 76, line);
  }));

test('a queued mail has a job, and workers that race send it once', () =>
  withOutbox({}, async ({ db, clock, run, relay }) => {
    const id = await queueMail(db, clock, mail);
    assert.deepEqual(await queuedJobs(db), [`mail:${id}`]);
    await Promise.all([run('send-mail', id), run('send-mail', id), run('send-mail', id)]);
    assert.equal(relay.received.length, 1);
    const parsed = await simpleParser(relay.received[0]?.raw ?? '');
    assert.equal(parsed.messageId, `<${id}@example.ac.jp>`);
    assert.equal(parsed.headers.get('auto-submitted'), 'auto-generated');
    assert.equal(parsed.subject, mail.subject);
    assert.equal(returnPaths.read(relay.received[0]?.from ?? ''), id);
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'sent');
    const left = await db.selectFrom('mail_outbox').select(['text_body', 'html_body']).execute();
    assert.deepEqual(left, [{ text_body: '', html_body: '' }]);
  }));

test('a reply 4xx is tried again after a growing pause', () => {
  const replies = [421, 451, 250];
  return withOutbox({ answer: () => replies.shift() ?? 250 }, async ({ db, clock, run, relay }) => {
    const id = await queueMail(db, clock, mail);
    const pauses: number[] = [];
    while ((await mailState(db, 'test', 'one'))?.state === 'queued') {
      await run('send-mail', id);
      const row = await db.selectFrom('mail_outbox').select('next_try_at').executeTakeFirstOrThrow();
      if (row.next_try_at !== null) pauses.push(row.next_try_at.since(clock.now()).total('seconds'));
    }
    assert.deepEqual(pauses, [10, 20]);
    assert.equal(relay.received.length, 1);
    assert.equal((await mailState(db, 'test', 'one'))?.attempts, 3);
  });
});

for (const [what, options, status] of [
  ['the recipient', { answerRecipient: () => 550 }, '5.1.1'],
  ['the message', { answer: () => 554 }, '5.0.0'],
] as const) {
  test(`a reply 5xx to ${what} is final, with its status and the news to whom it concerns`, () =>
    withOutbox(options, async ({ db, clock, run }) => {
      const id = await queueMail(db, clock, mail);
      await run('send-mail', id);
      const state = await mailState(db, 'test', 'one');
      assert.deepEqual([state?.state, state?.status], ['refused', status]);
      assert.deepEqual((await queuedJobs(db)).includes(`mail-refused:${id}`), true);
      const events = await db.selectFrom('audit_event').select(['type', 'data']).execute();
      assert.deepEqual(events, [{ type: 'mail.refused', data: { kind: 'test', status } }]);
    }));
}

test('a relay that refuses us altogether delays and loses nothing', () => {
  let greeting = 554;
  return withOutbox({ greet: () => greeting }, async ({ db, clock, run, relay }) => {
    const id = await queueMail(db, clock, mail);
    await run('send-mail', id);
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'queued');
    greeting = 250;
    await run('send-mail', id);
    assert.equal(relay.received.length, 1);
  });
});

test('a relay that is down delays; the sweep takes up what a dead worker left', () =>
  withOutbox({}, async ({ db, clock, run, relay }) => {
    const id = await queueMail(db, clock, mail);
    await relay.close();
    await run('send-mail', id);
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'queued');
    const back = await startRelay({ port: Number(new URL(relay.url).port) });
    await sql`delete from graphile_worker._private_jobs`.execute(db);
    clock.advance({ minutes: 2 });
    await run('sweep-mail');
    assert.deepEqual((await queuedJobs(db)).sort(), ['sweep-mail']);
    clock.advance({ minutes: 1 });
    await run('sweep-mail');
    assert.deepEqual((await queuedJobs(db)).sort(), [`mail:${id}`, 'sweep-mail']);
    await run('send-mail', id);
    assert.equal(back.received.length, 1);
    await back.close();
  }));

test('when the connection dies after DATA the mail goes out again under the same Message-ID', () => {
  let breaks = 1;
  const answer = () => (breaks-- > 0 ? 'break after DATA' : 250);
  return withOutbox({ answer }, async ({ db, clock, run, relay }) => {
    const id = await queueMail(db, clock, mail);
    await run('send-mail', id);
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'queued');
    await run('send-mail', id);
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'sent');
    const ids = await Promise.all(relay.received.map(async ({ raw }) => (await simpleParser(raw)).messageId));
    assert.deepEqual(ids, [`<${id}@example.ac.jp>`, `<${id}@example.ac.jp>`]);
  });
});

test('a mail queued in a transaction that rolls back does not exist', () =>
  withDatabase(async ({ db }) => {
    const work = db.transaction().execute(async (tx) => {
      await queueMail(tx, manualClock('2026-11-24T01:00:00Z'), mail);
      throw new Error('rolled back');
    });
    await assert.rejects(work);
    assert.equal(await mailState(db, 'test', 'one'), null);
  }));
