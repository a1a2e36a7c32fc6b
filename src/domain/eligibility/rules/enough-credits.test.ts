import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '#test/support/eligibility.ts';

test('credits earned and registered for must reach what the programme asks for', () => {
  assert.equal(ask('enough-credits'), 'too-few-credits');
  assert.equal(ask('enough-credits', { credits: { earned: 108, registered: 16 } }), 'ok');
  assert.equal(ask('enough-credits', { credits: { earned: 108, registered: 15.5 } }), 'too-few-credits');
  assert.equal(ask('enough-credits', { programme: { years: 3, requiredCredits: null } }), 'ok');
});
