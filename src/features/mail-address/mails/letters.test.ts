import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedLetter, changeRequestedLetter, confirmationLetter } from './letters.ts';

const both = { ja: '平日 9:00〜17:00', en: 'Weekdays 9:00–17:00' };
const contact = (code: string, answersFor: readonly ('payment' | 'operation')[]) => ({
  code,
  nameJa: '証明書発行サービスについてのお問い合わせを受け付けるとても長い名前の総合コールセンター',
  nameEn: 'Certificate Issuance Service Call Centre with a Name that does not Fit on One Line at all',
  telephone: '06-0000-0100',
  mail: null,
  hours: both,
  answersFor,
  answers: both,
});
const expiresAt = Temporal.Instant.from('2026-11-24T01:30:00Z');
const url = `https://certificates.example.ac.jp/mail-address/confirm/${'x'.repeat(43)}`;
const mail = { purpose: 'register' as const, url, code: '012345', expiresAt };

for (const first of ['ja', 'en'] as const) {
  const style = { contacts: [contact('a', ['payment']), contact('b', ['operation'])], first };
  const letters = {
    register: confirmationLetter(style, mail),
    change: confirmationLetter(style, { ...mail, purpose: 'change' }),
    requested: changeRequestedLetter(style),
    changed: changedLetter(style, { url, expiresAt }),
  };
  for (const [name, { text, html, subject }] of Object.entries(letters)) {
    test(`the mail ${name}, ${first} first, is in both languages, and fetches nothing`, () => {
      assert.match(subject, first === 'ja' ? /^[^A-Za-z]+.* \/ [A-Z]/ : /^[A-Z].* \/ /);
      assert.equal(text.indexOf('[お問い合わせ]') < text.indexOf('[Inquiries]'), first === 'ja');
      assert.doesNotMatch(html, /<img|<link|<script|url\(|src=/i);
      if (name !== 'requested') assert.equal(text.split('\n').filter((line) => line === url).length, 2);
      for (const link of html.match(/href="[^"]*"/g) ?? []) assert.equal(link, `href="${url}"`);
    });
  }
}

test('the English words of the confirmation mails are the manual’s', () => {
  const style = { contacts: [contact('a', ['payment', 'operation'])], first: 'en' as const };
  const { text } = confirmationLetter(style, mail);
  const words = [
    'You can register your email address.\nAccess the following URL and finish by setting your email address',
    'Due date for the URL: 30 minutes',
    '[Inquiries]\n*Inquiries about payment method\n*Inquiries about operations and failure of the system',
  ];
  for (const each of words) assert.ok(text.includes(each), each);
  const change = confirmationLetter(style, { ...mail, purpose: 'change' }).text;
  const changeWords = [
    'You can change your email address.\nAccess the following URL and change your email address:',
    "*Please delete this message if you don't recognize",
    '*This email address is used only for sending purposes.',
  ];
  for (const each of changeWords) assert.ok(change.includes(each), each);
});
