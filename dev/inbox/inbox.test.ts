import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTransport } from '#platform/mail/transport.ts';
import { startInbox } from './inbox.ts';

type Message = { to: string; subject: string; text: string };

test('a mail is delivered, listed and still there after a restart', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-inbox-'));
  const first = await startInbox({ smtpPort: 0, webPort: 0, dataFolder });
  const transport = openTransport({ smtpUrl: first.smtpUrl });
  const to = 'hanako@example.jp';
  const texts = { subject: '件名', text: '本文 https://example.jp/', html: '<p>本文</p>' };
  await transport.sendMail({ from: 'noreply@example.jp', to: { name: '', address: to }, ...texts });
  transport.close();
  await first.close();
  const second = await startInbox({ smtpPort: 0, webPort: 0, dataFolder });
  try {
    const answer = await fetch(`${second.webUrl}/api/messages?to=${encodeURIComponent(to)}`);
    const messages = (await answer.json()) as Message[];
    assert.deepEqual(
      messages.map(({ subject, to: recipient }) => [subject, recipient]),
      [['件名', to]],
    );
    assert.match(await (await fetch(second.webUrl)).text(), /件名/);
  } finally {
    await second.close();
    rmSync(dataFolder, { recursive: true });
  }
});

test('a mail shows as text with live links, as HTML, and can be reported as undeliverable', async () => {
  const intake = await startInbox({ smtpPort: 0, webPort: 0 });
  const inbox = await startInbox({ smtpPort: 0, webPort: 0, reportUrl: intake.smtpUrl });
  const transport = openTransport({ smtpUrl: inbox.smtpUrl });
  try {
    const envelope = { from: 'bounce-1@reports.example.jp', to: 'hanako@example.jp' };
    const texts = { subject: '件名', text: '本文 https://example.jp/', html: '<p>HTML 本文</p>' };
    await transport.sendMail({ from: 'noreply@example.jp', to: 'hanako@example.jp', envelope, ...texts });
    const api = await fetch(`${inbox.webUrl}/api/messages`);
    const [{ id } = { id: '' }] = (await api.json()) as { id: string }[];
    const page = await (await fetch(`${inbox.webUrl}/mails/${id}`)).text();
    assert.match(page, /<a href="https:\/\/example\.jp\/">/);
    assert.match(await (await fetch(`${inbox.webUrl}/mails/${id}?view=html`)).text(), /<iframe/);
    assert.match(await (await fetch(`${inbox.webUrl}/?to=nobody@example.jp`)).text(), /No mail yet/);
    const body = new URLSearchParams({ status: '5.1.1' });
    const said = await fetch(`${inbox.webUrl}/mails/${id}/report`, { method: 'POST', body });
    assert.match(await said.text(), /Reported: 250/);
    const reports = await fetch(`${intake.webUrl}/api/messages?to=bounce-1@reports.example.jp`);
    const [report] = (await reports.json()) as Message[];
    assert.match(report?.subject ?? '', /Undelivered/);
  } finally {
    transport.close();
    await inbox.close();
    await intake.close();
  }
});
