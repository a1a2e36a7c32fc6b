import assert from 'node:assert/strict';
import type { Case } from './case.ts';
import { acted, paid, refundOf, tellsOf, until, verify, withSlips } from './case.ts';

export const WEBHOOKS: readonly Case[] = [
  [
    'a payment is told',
    async (company) => {
      const checkout = await paid(company);
      await until(() => tellsOf(company, checkout));
    },
  ],
  [
    'cash is told',
    async (company) => {
      const checkout = await acted(company, await withSlips(company), 'succeed');
      await until(() => tellsOf(company, checkout));
    },
  ],
  [
    'a refund is told',
    async (company) => {
      const checkout = await paid(company);
      const before = company.received.length;
      await company.provider.refund(refundOf(checkout));
      await until(() => company.received.length > before);
    },
  ],
  [
    'two events have two ids',
    async (company) => {
      await paid(company);
      await until(() => company.received.length >= 2);
      const events = await Promise.all(company.received.map((one) => verify(company, one)));
      const ids = events.map((event) => event?.eventId);
      assert.equal(new Set(ids).size, ids.length);
    },
  ],
  [
    'a wrong secret is refused',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.equal(await verify(company, company.signed(body, { secret: 'another' })), null);
    },
  ],
  [
    'a right secret is taken',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.notEqual(await verify(company, company.signed(body)), null);
    },
  ],
  [
    'a changed body is refused',
    async (company) => {
      const { body, header } = company.signed(company.received[0]?.body ?? '');
      assert.equal(await verify(company, { body: `${body} `, header }), null);
    },
  ],
  [
    'no signature is refused',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.equal(await verify(company, { body, header: () => undefined }), null);
    },
  ],
  [
    'a signature of six minutes ago is refused',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.equal(await verify(company, company.signed(body, { age: 360 })), null);
    },
  ],
  [
    'a signature of four minutes ago is taken',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.notEqual(await verify(company, company.signed(body, { age: 240 })), null);
    },
  ],
  [
    'signed nonsense is refused',
    async (company) => assert.equal(await verify(company, company.signed('not JSON')), null),
  ],
  [
    'an empty body is refused',
    async (company) => assert.equal(await verify(company, company.signed('')), null),
  ],
];
