// Writes the six CSV files beside this one. The same seed writes the same bytes: `node config/demo/register/generate.ts`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COURSES, FAMILY_NAMES, GIVEN_NAMES, INTERNATIONAL_NAMES } from './names.ts';
import type { SampleEnrolment, SamplePerson } from './personas.ts';
import { PERSONAS, sampleBachelor, sampleGraduated, sampleMaster } from './personas.ts';

const PEOPLE = 2000;
const SEED = 20261124;
/** The last academic year whose first term has been graded. */
const THIS_YEAR = 2026;

let state = SEED;
/** Mulberry32: small, and the same everywhere. */
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};
const below = (limit: number): number => Math.floor(random() * limit);
const pick = <Value>(values: readonly Value[]): Value => {
  const value = values[below(values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};

const PROGRAMMES = [
  ['letters', 'humanities'],
  ['law', 'law'],
  ['economics', 'economics-and-management'],
  ['science', 'mathematics'],
  ['science', 'biology'],
  ['engineering', 'informatics'],
  ['engineering', 'global-engineering'],
] as const;

const name = (): SamplePerson['name'] => {
  if (random() < 0.06) return pick(INTERNATIONAL_NAMES) as SamplePerson['name'];
  const [family, familyKana, familyRoman] = pick(FAMILY_NAMES);
  const [given, givenKana, givenRoman] = pick(GIVEN_NAMES);
  // Some have never told the university how they are written in English.
  const roman = random() < 0.04 ? '' : `${familyRoman} ${givenRoman}`;
  return [`${family} ${given}`, `${familyKana} ${givenKana}`, roman];
};

const enrolmentsOf = (serial: string): { entered: number; enrolments: SampleEnrolment[] } => {
  const entered = 2020 + below(7);
  const [faculty, programme] = pick(PROGRAMMES);
  const first = sampleBachelor(`1${String(entered).slice(2)}${serial}`, faculty, programme, entered);
  if (entered + 4 > THIS_YEAR) {
    const chance = random();
    if (chance < 0.01) return { entered, enrolments: [{ ...first, status: 'withdrawn', leftOn: '2026-09-30' }] };
    if (chance < 0.015) return { entered, enrolments: [{ ...first, status: 'struck-off', leftOn: '2026-09-30' }] };
    return { entered, enrolments: [first] };
  }
  const done = sampleGraduated(first);
  const next = entered + 4;
  if (random() > 0.5) return { entered, enrolments: [done] };
  const graduate = sampleMaster(`6${String(next).slice(2)}${serial}`, next);
  const finished = { ...graduate, yearOfStudy: 2, status: 'graduated', leftOn: graduate.expected };
  return { entered, enrolments: [next + 2 > THIS_YEAR ? graduate : finished, done] };
};

const samplePerson = (index: number): SamplePerson => {
  const serial = String(index).padStart(6, '0');
  const { entered, enrolments } = enrolmentsOf(serial);
  const birth = new Date(Date.UTC(entered - 19, 3, 2 + below(365))).toISOString().slice(0, 10);
  return { user: `s${serial}`, name: name(), birthDate: birth, enrolments };
};

const terms = Array.from({ length: THIS_YEAR - 2020 + 1 }, (_, offset) => 2020 + offset).flatMap((year) => [
  [`${year}-1`, year, '前期', 'First Semester', `${year}-04-01`, `${year}-09-30`, `${year}-09-10T12:00:00+09:00`],
  [`${year}-2`, year, '後期', 'Second Semester', `${year}-10-01`, `${year + 1}-03-31`, `${year + 1}-03-16T12:00:00+09:00`],
]);

const GRADES = [
  ['A+', '4.3'],
  ['A', '4'],
  ['A', '4'],
  ['B', '3'],
  ['B', '3'],
  ['C', '2'],
  ['D', '1'],
  ['合格', ''],
  ['認定', ''],
] as const;

const gradesOf = (enrolment: SampleEnrolment): (string | number)[][] => {
  const from = Number(enrolment.admissionDate.slice(0, 4));
  const lastTerm = enrolment.leftOn === '' ? `${THIS_YEAR}-1` : `${Number(enrolment.leftOn.slice(0, 4)) - 1}-2`;
  const graduate = enrolment.level === 'master';
  const offered = COURSES.toSorted(() => random() - 0.5);
  const rows: (string | number)[][] = [];
  for (const [term] of terms) {
    if (Number(String(term).slice(0, 4)) < from || String(term) > lastTerm) continue;
    for (let course = 0; course < (graduate ? 5 : 8); course += 1) {
      const next = offered.pop();
      if (next !== undefined) rows.push([enrolment.studentNumber, term ?? '', next.code, ...pick(GRADES)]);
    }
  }
  // Intensive courses of the running term: recorded, but not to be shown before its release.
  if (enrolment.studentNumber === '1029310001') {
    for (const { code } of offered.splice(0, 2)) rows.push([enrolment.studentNumber, `${THIS_YEAR}-2`, code, 'A', '4']);
  }
  return rows;
};

const cell = (value: string | number): string =>
  /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
const write = (file: string, header: string, rows: readonly (readonly (string | number)[])[]): void => {
  const lines = [header, ...rows.map((row) => row.map(cell).join(','))];
  writeFileSync(join(import.meta.dirname, file), `${lines.join('\n')}\n`);
};

const people = [
  ...PERSONAS,
  ...Array.from({ length: PEOPLE - PERSONAS.length }, (_, index) => samplePerson(index + 1)),
].map((person, index) => ({ ...person, key: `P${String(index + 1).padStart(6, '0')}` }));
const enrolments = people.flatMap((person) => person.enrolments.map((enrolment) => ({ ...enrolment, key: person.key })));

write(
  'people.csv',
  'person_key,principal_name,name_ja,name_kana,name_roman,birth_date',
  people.map((person) => [person.key, `${person.user}@akatsuki.example`, ...person.name, person.birthDate]),
);
write(
  'enrolments.csv',
  'student_number,person_key,faculty,programme,level,category,status,year_of_study,admission_date,expected_graduation_date,left_on,leave_from,leave_until',
  enrolments.map((one) => [
    one.studentNumber, one.key, one.faculty, one.programme, one.level, one.category, one.status, one.yearOfStudy,
    one.admissionDate, one.expected, one.leftOn, one.leaveFrom, one.leaveUntil,
  ]),
);
write('terms.csv', 'code,academic_year,name_ja,name_en,starts_on,ends_on,grades_released_at', terms);
write(
  'courses.csv',
  'code,title_ja,title_en,credits',
  COURSES.map((course) => [course.code, course.titleJa, course.titleEn, course.credits]),
);
write('grades.csv', 'student_number,term_code,course_code,grade,grade_point', enrolments.flatMap(gradesOf));
write('holds.csv', 'hold_key,person_key,student_number,reason,starts_on,ends_on', [
  ['H000001', people.find((person) => person.user === 'h0567890')?.key ?? '', '1030310005', 'tuition', '2026-11-01', ''],
  ['H000002', 'P000100', '', 'library', '2026-10-15', ''],
  ['H000003', 'P000200', '', 'tuition', '2026-04-01', '2026-06-30'],
]);
