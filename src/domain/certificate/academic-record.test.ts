import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordedCourse } from '#domain/person/person.ts';
import type { AcademicRecordSettings, GradingScale } from './academic-record.ts';
import { academicRecordOf, creditsOf, scaleFor } from './academic-record.ts';

const grade = (letter: string, gradePoint: number | null, passes = true) => ({
  grade: letter,
  meaningJa: letter,
  meaningEn: letter,
  gradePoint,
  passes,
});
const scale: GradingScale = {
  enteredFrom: 2016,
  grades: [grade('A', 4), grade('C', 2), grade('F', 0, false)],
};
const settings: AcademicRecordSettings = {
  failed: false,
  repeated: false,
  running: false,
  gradePointAverage: true,
  runningGrade: { ja: '履修中', en: 'In progress' },
};
const course = (courseNumber: string, letter: string | null, gradePoint: number | null): RecordedCourse => ({
  academicYear: 2026,
  termJa: '前期',
  termEn: 'First Semester',
  courseNumber,
  titleJa: courseNumber,
  titleEn: courseNumber,
  categoryJa: '専門科目',
  categoryEn: 'Specialised Courses',
  credits: 2,
  grade: letter,
  gradePoint,
});
const courses = [
  course('C1', 'A', 4),
  course('C2', 'F', 0),
  course('C3', 'F', 0),
  course('C2', 'C', 2),
  course('C4', '認定', null),
  course('C5', null, null),
];
const make = (change: Partial<AcademicRecordSettings> = {}, language: 'ja' | 'en' = 'ja') =>
  academicRecordOf(courses, { scale, settings: { ...settings, ...change }, language });

test('a transcript shows what was passed, and the rest as the university sets it', () => {
  const shown = (change: Partial<AcademicRecordSettings>) =>
    make(change).rows.map(({ courseNumber, standing }) => `${courseNumber} ${standing}`);
  assert.deepEqual(shown({}), ['C1 earned', 'C2 earned', 'C4 earned']);
  assert.deepEqual(shown({ failed: true, repeated: true, running: true }), [
    'C1 earned',
    'C2 repeated',
    'C3 failed',
    'C2 earned',
    'C4 earned',
    'C5 running',
  ]);
  assert.equal(make({ running: true }, 'en').rows.at(-1)?.grade, 'In progress');
});

test('credits, totals and average count what they say', () => {
  const record = make({ failed: true, repeated: true, running: true });
  assert.equal(record.totalCredits, 6);
  assert.deepEqual(record.creditTotals, [
    { categoryJa: '専門科目', categoryEn: 'Specialised Courses', credits: 6 },
  ]);
  // (4 + 0 + 2) × 2 of 6 credits: the failure that was repeated does not count, the other does.
  assert.equal(record.gradePointAverage, 2);
  assert.equal(make({ gradePointAverage: false }).gradePointAverage, null);
  assert.deepEqual(creditsOf(courses, scale), { earned: 6, registered: 2 });
  assert.deepEqual(creditsOf([course('C1', 'A', 4), course('C1', null, null)], scale), {
    earned: 2,
    registered: 0,
  });
});

test('the legend is that of the year of entrance', () => {
  const old = { ...scale, enteredFrom: 1949 };
  assert.equal(scaleFor([old, scale], 2015), old);
  assert.equal(scaleFor([old, scale], 2016), scale);
  assert.equal(scaleFor([scale], 2015), undefined);
  assert.deepEqual(
    make().legend.map(({ grade: letter }) => letter),
    ['A', 'C', 'F'],
  );
});
