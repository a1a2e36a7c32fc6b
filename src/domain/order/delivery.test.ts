import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { postageOf } from '../fee/postage.ts';
import type { DeliveryRules } from './delivery.ts';
import { contentsField, readDelivery } from './delivery.ts';

const rules: DeliveryRules = {
  offices: ['registrar', 'hospital'],
  countries: ['JP', 'US', 'RU'],
  suspendedCountries: ['RU'],
  readMail: (typed) => /^\w+@\w+\.\w+$/.exec(typed.normalize('NFKC').trim())?.[0] ?? null,
};
const wanted = { 'copies.a.transcript.en': 2, 'copies.a.enrolment.ja': 1 };
const address = { 'name.1': '佐藤 美咲', 'postcode.1': '６５０-0001', 'address.1': '神戸市中央区1-1' };

test('one envelope takes everything; the postcode is needed in Japan only', () => {
  const { delivery } = readDelivery('post', address, wanted, rules);
  assert.ok(delivery?.kind === 'post');
  assert.deepEqual(delivery.envelopes[0]?.contents, wanted);
  assert.equal(delivery.envelopes[0]?.postcode, '650-0001');
  const abroad = { ...address, 'country.1': 'US', 'postcode.1': '' };
  assert.notEqual(readDelivery('post', abroad, wanted, rules).delivery, null);
  const { problems } = readDelivery('post', { 'country.1': 'RU' }, wanted, rules);
  assert.deepEqual([...problems].sort(), [
    ['address.1', 'missing'],
    ['country.1', 'suspended-country'],
    ['name.1', 'missing'],
  ]);
});

test('whatever is put into two envelopes adds up to the order, or is refused', () => {
  const count = fc.integer({ min: 0, max: 3 });
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      const [transcript, enrolment] = Object.keys(wanted) as [string, string];
      const second = { 'name.2': 'x', 'postcode.2': '1', 'address.2': 'y' };
      const typed = {
        ...address,
        ...second,
        parcels: '2',
        [contentsField(transcript, 1)]: String(a),
        [contentsField(transcript, 2)]: String(b),
        [contentsField(enrolment, 1)]: String(c),
        [contentsField(enrolment, 2)]: String(d),
      };
      const fits = a + b === 2 && c + d === 1 && a + c > 0 && b + d > 0;
      assert.equal(readDelivery('post', typed, wanted, rules).delivery !== null, fits);
    }),
  );
});

test("a recipient's mail address is typed twice", () => {
  const typed = { 'organisation.1': 'Acme', 'mail.1': 'hr@acme.example', 'again.1': 'hr@acme.exampel' };
  assert.deepEqual(
    [...readDelivery('digital', typed, wanted, rules).problems],
    [['again.1', 'mail-differs']],
  );
  const right = { ...typed, 'again.1': 'ｈｒ@acme.example ' };
  assert.notEqual(readDelivery('digital', right, wanted, rules).delivery, null);
  assert.deepEqual(
    [...readDelivery('digital', { ...typed, 'mail.1': 'hr@acme' }, wanted, rules).problems],
    [['mail.1', 'mail']],
  );
});

test('nothing that a mail program makes a link of goes into a mail to a stranger', () => {
  const right = {
    'organisation.1': 'Amazon.com, Inc. 採用課',
    'mail.1': 'a@b.example',
    'again.1': 'a@b.example',
  };
  const typed = { ...right, 'reference.1': 'A/12.5' };
  const { delivery } = readDelivery('digital', typed, wanted, { ...rules, readMail: (text) => text });
  assert.ok(delivery?.kind === 'digital');
  for (const link of ['https://evil.example', 'ＷＷＷ．evil.example', 'me@evil.example', 'evil.example/win'])
    for (const field of ['organisation.1', 'department.1', 'person.1', 'reference.1']) {
      const all = { ...typed, [field]: `Win at ${link}` };
      const { problems } = readDelivery('digital', all, wanted, { ...rules, readMail: (text) => text });
      assert.deepEqual([...problems], [[field, 'web-address']], `${field} ${link}`);
    }
});

test('a counter is one of ours', () => {
  assert.equal(readDelivery('counter', { office: 'registrar' }, wanted, rules).delivery?.kind, 'counter');
  assert.deepEqual([...readDelivery('counter', {}, wanted, rules).problems], [['office', 'choose']]);
});

test('postage is that of the lightest band for each envelope', () => {
  const bands = [
    { region: 'domestic', grams: 250, yen: 180 },
    { region: 'domestic', grams: 50, yen: 110 },
    { region: 'abroad', grams: 500, yen: 2400 },
  ] as const;
  const post = { bands, sheetGrams: 5, envelopeGrams: 20 };
  assert.equal(postageOf(post, [{ country: 'JP', sheets: 6 }]), 110);
  assert.equal(
    postageOf(post, [
      { country: 'JP', sheets: 7 },
      { country: 'US', sheets: 1 },
    ]),
    2580,
  );
  assert.equal(postageOf(post, [{ country: 'US', sheets: 100 }]), null);
});
