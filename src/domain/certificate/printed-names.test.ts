import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markMissing, spellGlyph } from './printed-names.ts';
import type { CertificateSnapshot } from './snapshot.ts';

test('only what is missing is marked, a variation before its base', () => {
  const snapshot = {
    person: { nameJa: '葛\u{E0107}城 葛子', nameRoman: 'KATSURAGI Kuzuko', birthDate: '2005-04-01' },
    enrolment: { programmeJa: '情報', programmeEn: 'Informatics' },
    reference: null,
  } as unknown as CertificateSnapshot;
  const { person, enrolment } = markMissing(snapshot, ['葛', '葛\u{E0107}']);
  assert.equal(person.nameJa, '〓城 〓子');
  assert.equal(markMissing(snapshot, ['葛\u{E0107}']).person.nameJa, '〓城 葛子');
  assert.equal(person.nameRoman, 'KATSURAGI Kuzuko');
  assert.equal(enrolment.programmeJa, '情報');
});

test('a character is spelled with every code point it is made of', () => {
  assert.equal(spellGlyph('葛\u{E0107}'), '葛\u{E0107} (U+845B U+E0107)');
});
