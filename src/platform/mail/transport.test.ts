import assert from 'node:assert/strict';
import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { startRelay } from '#test/support/relay.ts';
import { manualClock } from '../clock.ts';
import { createSmtpUtf8Question } from './smtputf8.ts';
import { openTransport } from './transport.ts';

type Header = { readonly name: string; readonly value: string };

const split = (raw: string): { headers: Header[]; body: string } => {
  const gap = raw.indexOf('\r\n\r\n');
  const lines = raw.slice(0, gap).split(/\r\n(?![ \t])/);
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1) };
  });
  return { headers, body: raw.slice(gap + 4) };
};

/** RFC 6376 §3.4.2: relaxed header canonicalisation. */
const relaxed = ({ name, value }: Header): string =>
  `${name}:${value
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`;

/** RFC 6376 §3.4.4: relaxed body canonicalisation. */
const relaxedBody = (body: string): string =>
  `${body
    .replace(/[ \t]+/g, ' ')
    .replace(/ \r\n/g, '\r\n')
    .replace(/(\r\n)+$/, '')}\r\n`;

/** Checks a message as its receiver does, written from RFC 6376 and independent of what signed it. */
const verifyDkim = (raw: string, publicKeyPem: string): boolean => {
  const { headers, body } = split(raw);
  const signature = headers.find(({ name }) => name === 'dkim-signature');
  if (signature === undefined) return false;
  const tags = new Map(
    signature.value.split(';').map((tag): [string, string] => {
      const equals = tag.indexOf('=');
      return [tag.slice(0, equals).trim(), tag.slice(equals + 1).replace(/\s/g, '')];
    }),
  );
  const bodyHash = createHash('sha256').update(relaxedBody(body)).digest('base64');
  if (bodyHash !== tags.get('bh') || tags.get('c') !== 'relaxed/relaxed') return false;
  const signed = (tags.get('h') ?? '').split(':').flatMap((name) => {
    const header = headers.findLast((candidate) => candidate.name === name.toLowerCase());
    return header === undefined ? [] : [`${relaxed(header)}\r\n`];
  });
  const emptied = { ...signature, value: signature.value.replace(/(;\s*b=)[^;]*/, '$1') };
  const verifier = createVerify('RSA-SHA256').update(`${signed.join('')}${relaxed(emptied)}`);
  return verifier.verify(publicKeyPem, tags.get('b') ?? '', 'base64');
};

test('mails are signed with DKIM, and a changed mail does not verify', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const relay = await startRelay();
  const dkim = { domain: 'example.ac.jp', selector: 'akashi', privateKey };
  const transport = openTransport({ smtpUrl: relay.url, dkim });
  await transport.sendMail({
    from: { name: '証明書', address: 'noreply@example.ac.jp' },
    to: 'hanako@example.jp',
    subject: 'メールアドレスの確認',
    text: '次のURLにアクセスしてください。\n\nhttps://example.ac.jp/\n',
    html: '<p>次のURL</p>',
  });
  transport.close();
  await relay.close();
  const raw = relay.received[0]?.raw ?? '';
  assert.match(raw, /DKIM-Signature: v=1;[^]*d=example\.ac\.jp;[^]*s=akashi;/);
  assert.equal(verifyDkim(raw, publicKeyPem), true);
  assert.equal(verifyDkim(raw.replace('hanako@', 'taro@'), publicKeyPem), false);
  assert.equal(verifyDkim(raw.replace(/\r\n\r\n/, '\r\n\r\nx'), publicKeyPem), false);
});

test('a relay is asked once in ten minutes whether it offers SMTPUTF8; silence is no', async () => {
  const clock = manualClock('2026-11-24T01:00:00Z');
  const relay = await startRelay();
  const ask = createSmtpUtf8Question(clock, relay.url);
  assert.equal(await ask(), true);
  await relay.close();
  assert.equal(await ask(), true);
  clock.advance({ minutes: 10 });
  assert.equal(await ask(), false);
});

type PlainRelay = { readonly url: string; readonly lines: readonly string[]; readonly close: () => void };

/** A relay in a few lines: smtp-server knows no quoted local parts. `meet` is asked of every line, and may break off. */
const startPlainRelay = async (
  meet: (line: string, socket: Socket, before: readonly string[]) => void = () => {},
): Promise<PlainRelay> => {
  const lines: string[] = [];
  const server = createServer((socket) => {
    socket.on('data', (chunk: Buffer) => {
      const line = String(chunk).trim();
      meet(line, socket, lines);
      lines.push(line);
      if (socket.writable)
        socket.write(line.startsWith('DATA') ? '354 go on\r\n' : '250-relay\r\n250 SMTPUTF8\r\n');
    });
    socket.write('220 relay\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, lines, close: () => server.close() };
};

const sendTo = async (relay: PlainRelay, addresses: readonly string[]): Promise<void> => {
  const transport = openTransport({ smtpUrl: relay.url });
  const from = 'noreply@example.ac.jp';
  for (const to of addresses)
    await transport.sendMail({ from, to: { name: '', address: to }, envelope: { from, to }, text: 'x' });
  transport.close();
  relay.close();
};

const linesOf = ({ lines }: PlainRelay, pattern: RegExp): string[] =>
  lines.filter((line) => pattern.test(line));

test('odd dots travel as a quoted string, letters beyond ASCII under SMTPUTF8', async () => {
  const relay = await startPlainRelay();
  await sendTo(relay, ['a..b.@docomo.ne.jp', '花子@xn--wgv71a119e.jp']);
  assert.deepEqual(linesOf(relay, /^(MAIL|RCPT)/), [
    'MAIL FROM:<noreply@example.ac.jp>',
    'RCPT TO:<"a..b."@docomo.ne.jp>',
    'MAIL FROM:<noreply@example.ac.jp> SMTPUTF8',
    'RCPT TO:<花子@日本語.jp>',
  ]);
});

test('mails that follow each other go through one connection', async () => {
  const relay = await startPlainRelay();
  await sendTo(relay, ['a@example.jp', 'b@example.jp', 'c@example.jp']);
  assert.deepEqual(linesOf(relay, /^(EHLO|RCPT)/).slice(1), [
    'RCPT TO:<a@example.jp>',
    'RCPT TO:<b@example.jp>',
    'RCPT TO:<c@example.jp>',
  ]);
});

test('a mail that meets a kept connection just as the relay ends it goes through a new one, once', async () => {
  const relay = await startPlainRelay((line, socket, before) => {
    if (line.startsWith('MAIL') && before.filter((one) => one.startsWith('MAIL')).length === 1)
      socket.destroy();
  });
  await sendTo(relay, ['a@example.jp', 'b@example.jp']);
  assert.equal(linesOf(relay, /^EHLO/).length, 2);
  assert.deepEqual(linesOf(relay, /^RCPT/), ['RCPT TO:<a@example.jp>', 'RCPT TO:<b@example.jp>']);
});

test('a connection that is lost in the middle of a mail is not tried again in secret', async () => {
  const relay = await startPlainRelay((line, socket, before) => {
    if (line.endsWith('\r\n.') && before.some((one) => one.startsWith('RCPT TO:<b'))) socket.destroy();
  });
  await assert.rejects(sendTo(relay, ['a@example.jp', 'b@example.jp']));
  relay.close();
  assert.equal(linesOf(relay, /^RCPT/).length, 2);
});
