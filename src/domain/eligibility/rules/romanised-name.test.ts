import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, subject } from '#test/support/eligibility.ts';

test('English needs a romanised name, Japanese does not', () => {
  const person = { ...subject.person, nameRoman: null };
  assert.equal(ask('romanised-name', { person }), 'ok');
  assert.equal(ask('romanised-name', { person, language: 'en' }), 'no-romanised-name');
  assert.equal(ask('romanised-name', { language: 'en' }), 'ok');
});
