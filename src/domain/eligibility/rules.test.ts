import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, subject as base, day, enrolled, knowing } from '#test/support/eligibility.ts';
import type { Hold } from '../person/person.ts';
import { checkEligibility } from './rules.ts';

const hold: Hold = { id: 'h1', enrolmentId: null, reason: 'tuition', from: day('2026-11-01'), until: null };

test('a current student is admitted and has not left', () => {
  assert.equal(ask('current-student', {}), 'ok');
  const left = { status: 'graduated', leftOn: day('2026-03-24') } as const;
  assert.equal(ask('current-student', enrolled(left)), 'not-current');
  const later = enrolled({ admissionDate: day('2027-04-01') });
  assert.equal(ask('current-student', later), 'not-yet-admitted 2027-04-01');
});

test('regular and non-regular students are told apart', () => {
  assert.equal(ask('regular-student', {}), 'ok');
  assert.equal(ask('regular-student', enrolled({ category: 'special-auditor' })), 'not-regular-student');
  assert.equal(ask('non-regular-student', {}), 'not-non-regular-student');
  assert.equal(ask('non-regular-student', enrolled({ category: 'research' })), 'ok');
});

test('a leave counts on its first and last day, by the calendar of Tokyo', () => {
  const away = enrolled({ leave: { from: day('2026-10-01'), until: day('2026-11-24') } });
  assert.equal(ask('not-on-leave', away), 'on-leave 2026-11-25');
  const lastSecond = Temporal.Instant.from('2026-11-24T14:59:59Z');
  assert.equal(ask('not-on-leave', { ...away, now: lastSecond }), 'on-leave 2026-11-25');
  assert.equal(ask('not-on-leave', { ...away, now: lastSecond.add({ seconds: 1 }) }), 'ok');
  assert.equal(ask('not-on-leave', { ...away, now: Temporal.Instant.from('2026-09-30T14:59:59Z') }), 'ok');
});

test('somebody struck off gets nothing', () => {
  assert.equal(ask('not-struck-off', {}), 'ok');
  assert.equal(ask('not-struck-off', enrolled({ status: 'struck-off' })), 'struck-off');
});

test('a hold of the person or of this enrolment refuses, one of another enrolment does not', () => {
  assert.equal(ask('no-hold', { holds: [hold] }), 'hold-tuition');
  assert.equal(ask('no-hold', { holds: [{ ...hold, enrolmentId: 'e1' }] }), 'hold-tuition');
  assert.equal(ask('no-hold', { holds: [{ ...hold, enrolmentId: 'e2' }] }), 'ok');
  assert.equal(ask('no-hold', { holds: [{ ...hold, until: day('2026-11-23') }] }), 'ok');
});

test('the day a refusal ends is that of the last hold, where all have one', () => {
  const until = (text: string): Hold => ({ ...hold, until: day(text) });
  assert.equal(
    ask('no-hold', { holds: [until('2026-12-31'), until('2026-11-30')] }),
    'hold-tuition 2027-01-01',
  );
  assert.equal(ask('no-hold', { holds: [until('2026-12-31'), hold] }), 'hold-tuition');
  const next: Hold = { ...hold, reason: 'library', from: day('2027-01-01'), until: day('2027-01-10') };
  assert.equal(ask('no-hold', { holds: [next, until('2026-12-31')] }), 'hold-library 2027-01-11');
});

test('English needs a romanised name, Japanese does not', () => {
  const person = { ...base.person, nameRoman: null };
  assert.equal(ask('romanised-name', { person }), 'ok');
  assert.equal(ask('romanised-name', { person, language: 'en' }), 'no-romanised-name');
  assert.equal(ask('romanised-name', { language: 'en' }), 'ok');
});

test('a transcript waits for the first release', () => {
  const release = Temporal.Instant.from('2027-03-16T03:00:00Z');
  assert.equal(ask('released-grades', {}), 'no-grades');
  const waiting = knowing({ gradeReleases: [release.add({ hours: 48 }), release] });
  assert.equal(ask('released-grades', waiting), 'grades-not-released 2027-03-16');
  assert.equal(ask('released-grades', { ...waiting, now: release }), 'ok');
});

test('the gravest refusal is the one that is told', () => {
  const subject = {
    ...base,
    holds: [hold],
    ...enrolled({ status: 'struck-off', leftOn: day('2026-09-30') }),
  };
  const answer = checkEligibility(['current-student', 'no-hold', 'not-struck-off'], subject);
  assert.deepEqual(answer, { eligible: false, reason: 'struck-off' });
});
