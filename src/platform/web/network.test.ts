import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { clientAddress, createNetworkList, prefixOf } from './network.ts';

test('a prefix is what a household shares: /24 of IPv4, /56 of IPv6, however the address is written', () => {
  assert.equal(prefixOf('192.0.2.77'), '192.0.2');
  assert.equal(prefixOf('2001:db8:1:2ab::1'), '2001:0db8:0001:02');
  assert.equal(prefixOf('2001:db8:1:2cd:1:2:3:4'), '2001:0db8:0001:02');
  assert.equal(prefixOf('2001:db8::1'), '2001:0db8:0000:00');
  assert.equal(prefixOf('::1'), '0000:0000:0000:00');
});

test('networks are matched in both families; what is no address is in none', () => {
  const isCampus = createNetworkList(['192.0.2.0/24', '2001:db8:1::/48']);
  assert.equal(isCampus('192.0.2.200'), true);
  assert.equal(isCampus('192.0.3.1'), false);
  assert.equal(isCampus('2001:db8:1:9::1'), true);
  assert.equal(isCampus('2001:db8:2::1'), false);
  assert.equal(isCampus(''), false);
});

test('only the entry that the nearest proxy wrote is believed', async () => {
  const app = new Hono();
  app.get('/', (c) => c.text(clientAddress(c)));
  const ask = async (forwarded: string) =>
    (await app.request('/', { headers: { 'x-forwarded-for': forwarded } })).text();
  assert.equal(await ask('198.51.100.1, 192.0.2.9'), '192.0.2.9');
  assert.equal(await ask('::ffff:192.0.2.9'), '192.0.2.9');
  assert.equal(await ask('not an address'), '');
});
