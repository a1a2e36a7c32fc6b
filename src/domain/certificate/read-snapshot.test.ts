import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { readCertificateRecord, readSnapshot } from './read-snapshot.ts';

/** As the first release stored it. */
const before = (type: 'enrolment' | 'transcript') => {
  const {
    statement: _,
    template: _template,
    dateEra: _era,
    reference: _reference,
    ...snapshot
  } = sampleRecord(type, 'ja').snapshot;
  if (snapshot.academicRecord === null) return snapshot;
  const { gradePointAverage, rows } = snapshot.academicRecord;
  const old = rows.map(({ standing: _standing, categoryJa: _ja, categoryEn: _en, ...row }) => row);
  return { ...snapshot, academicRecord: { gradePointAverage, rows: old } };
};

test('a snapshot frozen before statements were part of it still reads, and says the same', () => {
  for (const type of ['enrolment', 'transcript'] as const) {
    assert.deepEqual(readSnapshot(before(type)), sampleRecord(type, 'ja').snapshot);
  }
});

test('a snapshot frozen before templates were part of it is typeset with the one called as its type', () => {
  const { template: _, ...stored } = sampleRecord('transcript', 'en').snapshot;
  assert.equal(readSnapshot(stored).template, 'transcript');
  assert.equal(readSnapshot({ ...stored, template: 'transcript-2020' }).template, 'transcript-2020');
});

test('a snapshot and a record of today read as they were stored', () => {
  const record = sampleRecord('transcript', 'en');
  assert.deepEqual(readCertificateRecord(JSON.parse(JSON.stringify(record))), record);
});
