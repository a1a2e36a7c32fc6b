import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Issuer } from './issuer.ts';
import { findIssuer } from './issuer.ts';

const issuer = (nameEn: string, change: Partial<Issuer> = {}): Issuer => ({
  certificateTypes: '*',
  faculty: '*',
  from: Temporal.PlainDate.from('2026-10-01'),
  until: null,
  titleJa: '総長',
  titleEn: 'President',
  nameJa: '氏名',
  nameEn,
  sealImage: 'images/official-seal.svg',
  signatureImage: 'images/president-signature.svg',
  ...change,
});
const on = (text: string) => ({
  certificateType: 'transcript',
  faculty: 'law',
  on: Temporal.PlainDate.from(text),
});

test('who is in office on the day of issue signs', () => {
  const before = issuer('before', {
    from: Temporal.PlainDate.from('2020-10-01'),
    until: Temporal.PlainDate.from('2026-09-30'),
  });
  const list = [before, issuer('after')];
  assert.equal(findIssuer(list, on('2026-09-30'))?.nameEn, 'before');
  assert.equal(findIssuer(list, on('2026-10-01'))?.nameEn, 'after');
  assert.equal(findIssuer(list, on('2020-09-30')), undefined);
});

test('the narrowest entry wins', () => {
  const dean = issuer('dean', { faculty: 'law' });
  const registrar = issuer('registrar', { certificateTypes: ['transcript'] });
  assert.equal(findIssuer([issuer('president'), dean], on('2026-11-24'))?.nameEn, 'dean');
  assert.equal(findIssuer([dean, registrar], on('2026-11-24'))?.nameEn, 'registrar');
  const other = issuer('other', { certificateTypes: ['health'] });
  assert.equal(findIssuer([other], on('2026-11-24')), undefined);
});
