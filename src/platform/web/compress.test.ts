import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { compressPublic } from './compress.ts';
import { encodingFor } from './encoding.ts';

const PAGE = `<!doctype html>${'<p>証明書</p>'.repeat(400)}`;

const build = () => {
  const app = new Hono();
  app.use(compressPublic((c) => c.req.header('cookie') === undefined));
  app.get('/page', (c) => c.html(PAGE));
  app.get('/small', (c) => c.html('<p>x</p>'));
  app.get('/cookie', (c) => {
    c.header('Set-Cookie', 'a=b');
    return c.html(PAGE);
  });
  app.get('/file', (c) => c.body('x'.repeat(5000), 200, { 'Content-Type': 'application/pdf' }));
  return app;
};

const ask = (path: string, headers: Record<string, string> = {}) =>
  build().request(path, { headers: { 'accept-encoding': 'gzip, br', ...headers } });

test('a public page is compressed with the best the browser offers, and says so', async () => {
  const best = await ask('/page');
  assert.equal(best.headers.get('content-encoding'), 'br');
  assert.equal(best.headers.get('vary'), 'Accept-Encoding');
  assert.equal(brotliDecompressSync(Buffer.from(await best.arrayBuffer())).toString(), PAGE);
  const older = await ask('/page', { 'accept-encoding': 'gzip' });
  assert.equal(gunzipSync(Buffer.from(await older.arrayBuffer())).toString(), PAGE);
});

test('what may hold a secret goes out as it is, and so do small answers and files', async () => {
  const answers = [
    await ask('/page', { cookie: 'session=x' }),
    await ask('/cookie'),
    await ask('/small'),
    await ask('/file'),
    await ask('/page', { 'accept-encoding': 'identity' }),
    await build().request('/page', { method: 'HEAD', headers: { 'accept-encoding': 'br' } }),
  ];
  for (const answer of answers) assert.equal(answer.headers.get('content-encoding'), null);
});

test('an encoding that is refused by weight 0 is not used', () => {
  assert.equal(encodingFor('br;q=0, gzip;q=0.5'), 'gzip');
  assert.equal(encodingFor('BR ; q=1'), 'br');
  assert.equal(encodingFor(undefined), 'plain');
});

test('a page that is kept compressed says what it says now, and to each request in its own encoding', async () => {
  const app = new Hono();
  let words = 'one';
  app.use(compressPublic(() => true));
  app.get('/page', (c) => c.html(PAGE + words));
  const read = async (accepted: string): Promise<string> => {
    const answer = await app.request('/page', { headers: { 'accept-encoding': accepted } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return (accepted === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes)).toString();
  };
  for (words of ['one', 'two', 'one'])
    for (const accepted of ['br', 'gzip', 'br']) assert.equal(await read(accepted), PAGE + words);
});
