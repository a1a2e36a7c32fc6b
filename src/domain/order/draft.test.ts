import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  copiesField,
  mergeFields,
  parseCopies,
  readCopiesField,
  readDraftContent,
  stepCopies,
} from './draft.ts';

const id = '00000000-0000-4000-8000-000000000001';
const field = copiesField(id, 'transcript-and-graduation', 'en');

test('a field of copies says what it asks for, and no other name does', () => {
  assert.deepEqual(readCopiesField(field), {
    enrolmentId: id,
    certificateType: 'transcript-and-graduation',
    language: 'en',
  });
  for (const name of ['copies', 'copies.a.b.fr', `x${field}`, `${field}\n`]) {
    assert.equal(readCopiesField(name), null, name);
  }
});

test('a posted form changes its own fields and loses no other', () => {
  const other = copiesField(id, 'enrolment', 'ja');
  const draft = {
    destination: 'store',
    copies: { [other]: '2' },
    typed: { reference: 'A' },
    key: 'k',
  } as const;
  const merged = mergeFields(draft, [
    [field, '1'],
    ['city', '神戸'],
  ]);
  assert.deepEqual(merged.copies, { [other]: '2', [field]: '1' });
  assert.deepEqual(merged.typed, { reference: 'A', city: '神戸' });
});

test('whatever is stored reads as a draft, and what was read is read again alike', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (stored) => {
      const draft = readDraftContent(stored);
      assert.deepEqual(readDraftContent(JSON.parse(JSON.stringify(draft))), draft);
    }),
  );
});

test('a stepper stays within its bounds, from full-width digits and from nonsense', () => {
  assert.equal(stepCopies('', 1, 10), '1');
  assert.equal(stepCopies('３', -1, 10), '2');
  assert.equal(stepCopies('0', -1, 10), '0');
  assert.equal(stepCopies('10', 1, 10), '10');
  assert.equal(stepCopies('abc', 1, 10), '1');
  assert.equal(parseCopies('11', 10), null);
});
