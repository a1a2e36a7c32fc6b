import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Connections } from './connections.ts';
import { openConnections } from './connections.ts';
import { createReplyReader, decoded } from './reply.ts';

/** What a reader makes of bytes that come one by one. */
const readAll = (text: string) => {
  const reader = createReplyReader();
  const replies = [...Buffer.from(text, 'latin1')].map((byte) => reader.take(Buffer.from([byte])));
  return replies
    .filter((reply) => reply !== null)
    .map(({ status, header, cookies, body }) => [status, header('x'), cookies(), body.toString()]);
};

const HEAD = 'HTTP/1.1 200 OK\r\n';

test('answers are read one after the other, however their bytes come', () => {
  const announced = `${HEAD}X: a:b\r\nset-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nContent-Length: 3\r\n\r\nabc`;
  const chunked = `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0\r\n\r\n56789\r\n0\r\nTrailing: t\r\n\r\n`;
  const empty = `${HEAD}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
  const none = 'HTTP/1.1 204 No Content\r\nx: \r\n\r\n';
  assert.deepEqual(readAll(announced + chunked + empty + none + announced), [
    [200, 'a:b', ['a=1; Path=/', 'b=2'], 'abc'],
    [200, null, [], 'abc0\r\n\r\n56789'],
    [200, null, [], ''],
    [204, '', [], ''],
    [200, 'a:b', ['a=1; Path=/', 'b=2'], 'abc'],
  ]);
});

test('what is not one whole answer is refused', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['SSH-2.0\r\n\r\n', /not an answer/],
    [`${HEAD}\r\n`, /without a length/],
    [`${HEAD}Content-Length: some\r\n\r\n`, /without a length/],
    [`${HEAD}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, /size of a chunk/],
    [`${HEAD}Content-Length: 1\r\n\r\nabc`, /more than the answer/],
  ];
  for (const [text, reason] of refused)
    assert.throws(() => createReplyReader().take(Buffer.from(text)), reason, text);
});

test('an encoded body is decoded, as browsers do', () => {
  const by = (encoding: string | null, body: Buffer) => decoded({ header: () => encoding, body }).toString();
  assert.equal(by(null, Buffer.from('text')), 'text');
  assert.equal(by('br', brotliCompressSync('text')), 'text');
  assert.equal(by('gzip', gzipSync('text')), 'text');
  assert.throws(() => by('zstd', Buffer.from('text')), /zstd, which nobody asked for/);
});

const withServer = async (
  most: number,
  work: (connections: Connections, seen: { opened: number; asked: string[] }) => Promise<void>,
) => {
  const seen = { opened: 0, asked: new Array<string>() };
  const server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (part: Buffer) => body.push(part));
    request.on('end', () => {
      seen.asked.push(`${request.method} ${request.url} ${Buffer.concat(body).toString()}`);
      if (request.url === '/broken') {
        response.writeHead(200, { 'content-length': 10 }).write('half', () => response.destroy());
        return;
      }
      if (request.url === '/last') response.setHeader('connection', 'close');
      response.end(`${request.headers['x']} 証`);
    });
  });
  server.on('connection', () => {
    seen.opened += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const connections = openConnections(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, most);
  try {
    await work(connections, seen);
  } finally {
    connections.close();
    await new Promise((done) => server.close(done));
  }
};

test('connections are kept, are so many at most, and carry one request at a time', () =>
  withServer(2, async ({ ask }, seen) => {
    const one = async (path: string) => {
      const { body } = await ask({ method: 'POST', path, headers: { x: path }, body: '証' });
      return body.toString();
    };
    assert.equal(await one('/a'), '/a 証');
    assert.equal(await one('/b'), '/b 証');
    assert.equal(seen.opened, 1);
    const paths = ['/1', '/2', '/last', '/3', '/4'];
    assert.deepEqual(
      await Promise.all(paths.map(one)),
      paths.map((path) => `${path} 証`),
    );
    assert.equal(seen.opened, 3);
    assert.equal(seen.asked[0], 'POST /a 証');
  }));

test('an answer that breaks off fails its request, which is not made again, and no other', () =>
  withServer(1, async ({ ask }, seen) => {
    const get = (path: string) => ask({ method: 'GET', path, headers: {}, body: null });
    const broken = assert.rejects(get('/broken'), /ended before the answer|ECONNRESET/);
    const other = get('/other');
    await broken;
    assert.equal((await other).status, 200);
    assert.deepEqual(seen.asked, ['GET /broken ', 'GET /other ']);
  }));
