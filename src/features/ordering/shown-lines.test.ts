import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { createShownLines } from './shown-lines.ts';

const shownOf = (key: string) => ({ draft: { key, destination: 'store' as const }, lines: [] });

test('a picture is of what its own page showed: not of a later draft, of another account, or of a minute ago', () => {
  const clock = manualClock('2026-11-24T01:00:00Z');
  const shown = createShownLines(clock);
  shown.keep('somebody', shownOf('one'));
  assert.equal(shown.find('somebody', 'one')?.draft.key, 'one');
  assert.equal(shown.find('somebody else', 'one'), null);
  assert.equal(shown.find('somebody', ''), null);
  shown.keep('somebody', shownOf('two'));
  assert.equal(shown.find('somebody', 'one'), null);
  clock.advance({ seconds: 59 });
  assert.equal(shown.find('somebody', 'two')?.draft.key, 'two');
  clock.advance({ seconds: 1 });
  assert.equal(shown.find('somebody', 'two'), null);
});

test('of more pages than are kept the one shown longest ago is forgotten', () => {
  const shown = createShownLines(manualClock('2026-11-24T01:00:00Z'));
  for (let n = 0; n < 1000; n += 1) shown.keep(`account ${n}`, shownOf('key'));
  shown.keep('account 0', shownOf('key'));
  shown.keep('one more', shownOf('key'));
  assert.equal(shown.find('account 1', 'key'), null);
  assert.notEqual(shown.find('account 0', 'key'), null);
  assert.notEqual(shown.find('account 2', 'key'), null);
});
