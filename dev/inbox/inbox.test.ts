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
