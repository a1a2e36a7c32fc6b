import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { createTransport } from 'nodemailer';
import { pino } from 'pino';
import { withDatabase } from '#test/support/database.ts';
import { manualClock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { startBounceIntake } from './bounce-intake.ts';
import { mailState, queueMail } from './outbox.ts';
import { createReturnPaths } from './return-path.ts';

const returnPaths = createReturnPaths('reports.example.jp', Buffer.alloc(32, 3));
const mail = { to: 'a@example.jp', subject: 's', text: 't', html: 'h', kind: 'test', reference: 'one' };

const report = (action: string, status: string, padding = ''): string =>
  `Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n${padding}\r\n--b\r\n` +
  `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n` +
  `Action: ${action}\r\nStatus: ${status}\r\n\r\n--b--\r\n`;

type Tools = {
  db: Database;
  mailId: string;
  port: number;
  /** Sends as a relay does, with no sender; answers the reply code. */
  send: (to: string, raw: string) => Promise<number>;
};

const withIntake = (work: (tools: Tools) => Promise<void>) =>
  withDatabase(async ({ db }) => {
    const clock = manualClock('2026-11-24T01:00:00Z');
    const log = pino({ level: 'silent' });
    const intake = await startBounceIntake({ db, clock, log, returnPaths, host: '127.0.0.1', port: 0 });
    const mailId = await queueMail(db, clock, mail);
    await db.updateTable('mail_outbox').set({ state: 'sent', sent_at: clock.now() }).execute();
    const transport = createTransport({ host: '127.0.0.1', port: intake.port, tls: {} });
    const send = async (to: string, raw: string): Promise<number> => {
      try {
        await transport.sendMail({ envelope: { from: '', to }, raw });
        return 250;
      } catch (error) {
        return (error as { responseCode?: number }).responseCode ?? 0;
      }
    };
    await work({ db, mailId, port: intake.port, send }).finally(() => intake.close());
  });

const eventTypes = async (db: Database): Promise<string[]> =>
  (await db.selectFrom('audit_event').select('type').execute()).map(({ type }) => type);

test('25 a report that comes back marks its mail once, and says so in the audit trail', () =>
  withIntake(async ({ db, mailId, send }) => {
    const to = returnPaths.addressOf(mailId);
    const replies = await Promise.all([1, 2, 3].map(() => send(to, report('failed', '5.1.1'))));
    assert.deepEqual(replies, [250, 250, 250]);
    assert.equal(await send(to, report('failed', '5.7.1')), 250);
    const state = await mailState(db, 'test', 'one');
    assert.deepEqual([state?.state, state?.status], ['refused', '5.1.1']);
    assert.deepEqual(await eventTypes(db), ['mail.bounced']);
  }));

test('25 delays, receipts, holiday notices and our own mail coming back change nothing', () =>
  withIntake(async ({ db, mailId, send }) => {
    const to = returnPaths.addressOf(mailId);
    for (const raw of [
      report('delayed', '4.4.1'),
      report('delivered', '2.0.0'),
      'Subject: away\r\n\r\nI am away.\r\n',
      'Auto-Submitted: auto-generated\r\nSubject: loop\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n',
    ]) {
      assert.equal(await send(to, raw), 250);
    }
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'sent');
    assert.deepEqual(await eventTypes(db), []);
    const queued = await db.selectFrom('mail_outbox').select('id').execute();
    assert.equal(queued.length, 1);
  }));

test('25 forged return paths are refused before a message is read; an unknown mail is taken and forgotten', () =>
  withIntake(async ({ db, mailId, send }) => {
    const stranger = createReturnPaths('reports.example.jp', Buffer.alloc(32, 4)).addressOf(mailId);
    for (const to of [stranger, 'postmaster@reports.example.jp', 'a@example.jp']) {
      assert.equal(await send(to, report('failed', '5.1.1')), 550, to);
    }
    const unknown = returnPaths.addressOf('0f8fad5b-d9cb-469f-a165-70867728950e');
    assert.equal(await send(unknown, report('failed', '5.1.1')), 250);
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'sent');
    assert.deepEqual(await eventTypes(db), []);
  }));

test('25 a report that is too long is refused, whether or not its size was said before', () =>
  withIntake(async ({ db, mailId, port, send }) => {
    const to = returnPaths.addressOf(mailId);
    const long = report('failed', '5.1.1', 'x\r\n'.repeat(100_000));
    assert.equal(await send(to, long), 552);
    const lines = ['EHLO x', 'MAIL FROM:<>', `RCPT TO:<${to}>`, 'DATA', `${long}.`, 'QUIT'];
    const answers = await new Promise<string>((done, fail) => {
      let text = '';
      const socket = connect(port, '127.0.0.1');
      socket.on('data', (chunk: Buffer) => {
        text += String(chunk);
        if (/^\d{3} [^\r]*\r\n$/m.test(String(chunk))) socket.write(`${lines.shift() ?? ''}\r\n`);
      });
      socket.on('error', fail);
      socket.on('close', () => done(text));
    });
    assert.match(answers, /^552 /m);
    assert.equal((await mailState(db, 'test', 'one'))?.state, 'sent');
  }));

test('25 one report has one recipient', () =>
  withIntake(async ({ mailId, port }) => {
    const to = returnPaths.addressOf(mailId);
    const transport = createTransport({ host: '127.0.0.1', port });
    const sent = await transport.sendMail({
      envelope: { from: '', to: [to, to.toUpperCase()] },
      raw: report('failed', '5.1.1'),
    });
    assert.equal(sent.accepted.length, 1);
  }));
