import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, knowing } from '#test/support/eligibility.ts';

test('a transcript waits for the first release', () => {
  const release = Temporal.Instant.from('2027-03-16T03:00:00Z');
  assert.equal(ask('released-grades', {}), 'no-grades');
  const waiting = knowing({ gradeReleases: [release.add({ hours: 48 }), release] });
  assert.equal(ask('released-grades', waiting), 'grades-not-released 2027-03-16');
  assert.equal(ask('released-grades', { ...waiting, now: release }), 'ok');
});
