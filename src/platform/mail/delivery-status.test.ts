import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDeliveryReport } from './delivery-status.ts';
import { createReturnPaths } from './return-path.ts';

const report = (fields: string, type = 'message/delivery-status', encoding = ''): string =>
  [
    'From: MAILER-DAEMON@relay.example.jp',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="b=1_x"',
    '',
    'This is a MIME message.',
    '--b=1_x',
    'Content-Type: text/plain',
    '',
    'Action: failed is only talk here.',
    'Status: 5.9.9',
    '',
    '--b=1_x',
    `Content-Type: ${type}`,
    ...(encoding === '' ? [] : [`Content-Transfer-Encoding: ${encoding}`]),
    '',
    fields,
    '',
    '--b=1_x',
    'Content-Type: message/rfc822',
    '',
    'Subject: original',
    '',
    '--b=1_x--',
    '',
  ].join('\r\n');

const FAILED =
  'Reporting-MTA: dns; relay.example.jp\r\n\r\nFinal-Recipient: rfc822; a@example.jp\r\nAction: failed\r\nStatus: 5.1.1 (no such user)\r\nDiagnostic-Code: smtp;\r\n 550 5.1.1 no';

test('a report of failure is read with its status', () => {
  const expected = [{ action: 'failed', status: '5.1.1' }];
  assert.deepEqual(readDeliveryReport(report(FAILED)), expected);
  assert.deepEqual(readDeliveryReport(report(FAILED).replaceAll('\r\n', '\n')), expected);
  const base64 = Buffer.from(FAILED).toString('base64');
  assert.deepEqual(readDeliveryReport(report(base64, 'message/delivery-status', 'base64')), expected);
  assert.deepEqual(readDeliveryReport(report(FAILED, 'message/global-delivery-status')), expected);
});

test('delays, receipts and several recipients are told apart', () => {
  const delayed = FAILED.replace('failed', 'delayed').replace('5.1.1', '4.4.1');
  assert.deepEqual(readDeliveryReport(report(delayed)), [{ action: 'delayed', status: '4.4.1' }]);
  const both = `${FAILED}\r\n\r\nFinal-Recipient: rfc822; b@example.jp\r\nAction: DELIVERED\r\nStatus: 2.0.0`;
  const actions = readDeliveryReport(report(both))?.map(({ action }) => action);
  assert.deepEqual(actions, ['failed', 'delivered']);
});

const NOT_REPORTS: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  [
    'a holiday notice',
    'Subject: away\r\nContent-Type: text/plain\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n',
  ],
  ['a report without a boundary', 'Content-Type: multipart/report\r\n\r\n--x\r\n'],
  ['a report of another kind', report(FAILED, 'message/disposition-notification')],
  ['an unknown action', report(FAILED.replace('Action: failed', 'Action: exploded'))],
  ['a status that is none', report(FAILED.replace('5.1.1 (', '9.1.1 ('))],
  ['a boundary of 200 characters', report(FAILED).replaceAll('b=1_x', 'b'.repeat(200))],
];
for (const [what, message] of NOT_REPORTS) {
  test(`${what} says nothing`, () => assert.equal(readDeliveryReport(message), null));
}

test('hostile reports are read in time that grows with their length', () => {
  const size = 256 * 1024;
  const head = 'Content-Type: multipart/report; boundary=b\r\n\r\n';
  for (const filler of [
    '--b\r\n',
    '--b\r\n\r\n',
    '\r\n',
    '\r\n \r\n',
    '-',
    '=3D',
    ' ',
    'a:b\r\n',
    '\r\n\t',
  ]) {
    const body = filler.repeat(Math.floor(size / filler.length));
    assert.equal(readDeliveryReport(head + body), null, JSON.stringify(filler));
    const part = `--b\r\nContent-Type: message/delivery-status\r\n\r\n${body}`;
    assert.equal(readDeliveryReport(head + part), null, JSON.stringify(filler));
    assert.equal(readDeliveryReport(`Content-Type: multipart/report; boundary=${body}`), null);
  }
});

test('a return path names its mail, and nobody else can make one', () => {
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const paths = createReturnPaths('reports.example.jp', Buffer.alloc(32, 1));
  const address = paths.addressOf(id);
  assert.match(address, /^bounce-[0-9a-f]{32}-[0-9a-f]{20}@reports\.example\.jp$/);
  assert.ok((address.split('@')[0] ?? '').length <= 64);
  assert.equal(paths.read(address), id);
  assert.equal(paths.read(address.toUpperCase()), id);
  const strangers = createReturnPaths('reports.example.jp', Buffer.alloc(32, 2));
  const forged = [
    strangers.addressOf(id),
    address.replace('@reports', '@other'),
    address.replace(/0f8f/, '0f8e'),
    address.replace(/-[0-9a-f]{20}@/, '@'),
    `x${address}`,
    'postmaster@reports.example.jp',
    '',
  ];
  for (const each of forged) assert.equal(paths.read(each), null, each);
});
