// The sample register. The same seed writes the same bytes: `node config/demo/register/generate.ts` writes them beside
// this file, a test compares what is there.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { degreeOf } from './degrees.ts';
import { findingsOf } from './health.ts';
import { COURSES, FAMILY_NAMES, GIVEN_NAMES, INTERNATIONAL_NAMES } from './names.ts';
import type { SampleEnrolment, SamplePerson } from './personas.ts';
import {
  PERSONAS,
  sampleBachelor,
  sampleCourseworkCompleted,
  sampleDoctor,
  sampleGraduated,
  sampleMaster,
  sampleNonRegular,
  sampleWithdrawn,
} from './personas.ts';

const PEOPLE = 2000;
const SEED = 20261124;
/** The academic year whose first term has been graded and whose second is running. */
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
    if (chance < 0.01) return { entered, enrolments: [sampleWithdrawn(first, '2026-09-30')] };
    if (chance < 0.015) {
      return { entered, enrolments: [{ ...sampleWithdrawn(first, '2026-09-30'), status: 'struck-off' }] };
    }
    if (chance < 0.03) {
      return { entered, enrolments: [{ ...first, leaveFrom: '2026-10-01', leaveUntil: '2027-03-31' }] };
    }
    return { entered, enrolments: [first] };
  }
  const done = sampleGraduated(first);
  const next = entered + 4;
  if (random() > 0.5) return { entered, enrolments: [done] };
  const master = sampleMaster(`6${String(next).slice(2)}${serial}`, next);
  if (next + 2 > THIS_YEAR) return { entered, enrolments: [master, done] };
  const finished = sampleGraduated(master);
  if (random() > 0.4) return { entered, enrolments: [finished, done] };
  return { entered, enrolments: [sampleDoctor(`7${String(next + 2).slice(2)}${serial}`, next + 2), finished, done] };
};

/** Others than those who came for a bachelor's degree: a few in every hundred. */
const unusual = (serial: string): { entered: number; enrolments: SampleEnrolment[] } | null => {
  const chance = random();
  if (chance < 0.012) {
    const category = pick(['research', 'credited-auditor', 'special-auditor'] as const);
    const programme = { research: 'research-student', 'credited-auditor': 'credited-auditor', 'special-auditor': 'exchange' };
    return { entered: 2022, enrolments: [sampleNonRegular(`9026${serial}`, programme[category], category)] };
  }
  if (chance < 0.02) {
    return { entered: 2015, enrolments: [sampleCourseworkCompleted(sampleDoctor(`7021${serial}`, 2021 + below(3)))] };
  }
  return null;
};

const samplePerson = (index: number): SamplePerson => {
  const serial = String(index).padStart(6, '0');
  const { entered, enrolments } = unusual(serial) ?? enrolmentsOf(serial);
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
const FAILED = ['F', '0'] as const;

/** Fisher and Yates; sorting by chance would depend on the engine. */
const shuffled = <Value>(values: readonly Value[]): Value[] => {
  const list = [...values];
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    const [a, b] = [list[last], list[other]];
    if (a !== undefined && b !== undefined) [list[last], list[other]] = [b, a];
  }
  return list;
};

type Taken = { grades: (string | number)[][]; registrations: string[][] };

/** One persona will have enough credits at the end, one will be short of them. */
const PER_TERM: Readonly<Record<string, number>> = { '1027310006': 9, '1028310014': 5 };

/** Courses term by term: graded up to the first term of this year, being taken in its second. */
const coursesOf = (enrolment: SampleEnrolment): Taken => {
  const { studentNumber, leftOn, level, admissionDate } = enrolment;
  const from = Number(admissionDate.slice(0, 4));
  const lastTerm = leftOn === '' ? `${THIS_YEAR}-2` : leftOn.slice(5) > '04' ? `${leftOn.slice(0, 4)}-1` : `${Number(leftOn.slice(0, 4)) - 1}-2`;
  const perTerm = PER_TERM[studentNumber] ?? { bachelor: 8, master: 5, doctor: 1, 'non-degree': 2 }[level];
  const offered = shuffled(COURSES);
  const taken: Taken = { grades: [], registrations: [] };
  for (const [term] of terms) {
    const code = String(term);
    if (Number(code.slice(0, 4)) < from || code > lastTerm) continue;
    const again: typeof offered = [];
    for (let course = 0; course < perTerm; course += 1) {
      const next = offered.pop();
      if (next === undefined) continue;
      if (code === `${THIS_YEAR}-2`) {
        taken.registrations.push([studentNumber, code, next.code]);
        continue;
      }
      const failed = random() < 0.02 && studentNumber !== '1029310001';
      taken.grades.push([studentNumber, code, next.code, ...(failed ? FAILED : pick(GRADES))]);
      // Half of what was failed is taken again in the next term.
      if (failed && random() < 0.5) again.push(next);
    }
    offered.push(...again);
  }
  // Intensive courses of the running term: recorded, but not to be shown before its release.
  if (studentNumber === '1029310001') {
    for (const { code } of offered.splice(0, 2)) {
      taken.grades.push([studentNumber, `${THIS_YEAR}-2`, code, 'A', '4']);
      taken.registrations.push([studentNumber, `${THIS_YEAR}-2`, code]);
    }
  }
  return taken;
};

const cell = (value: string | number): string =>
  /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
const write = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${[header, ...rows.map((row) => row.map(cell).join(','))].join('\n')}\n`;

const people = [
  ...PERSONAS,
  ...Array.from({ length: PEOPLE - PERSONAS.length }, (_, index) => samplePerson(index + 1)),
].map((person, index) => ({ ...person, key: `P${String(index + 1).padStart(6, '0')}` }));
const enrolments = people.flatMap((person) => person.enrolments.map((enrolment) => ({ ...enrolment, key: person.key })));
const courses = enrolments.map(coursesOf);
const keyOf = (user: string): string => people.find((person) => person.user === user)?.key ?? '';
const current = enrolments.filter(({ leftOn }) => leftOn === '');
const finished = enrolments.filter(({ status }) => status === 'graduated');

/** Examined in April, results from June; one in four of the students, and every persona with a current enrolment. */
const examined = people
  .filter(({ enrolments: own }) => own.some(({ leftOn, leaveFrom }) => leftOn === '' && leaveFrom === ''))
  .filter((person) => Number(person.key.slice(1)) <= PERSONAS.length || random() < 0.25)
  .map((person) => ({ key: person.key, examinedOn: `2026-04-${String(6 + below(20)).padStart(2, '0')}`, first: random(), second: random() }));

/** The bytes of every file of the sample register, by its name. */
export const SAMPLE_REGISTER: Readonly<Record<string, string>> = {
  'people.csv': write(
    'person_key,principal_name,name_ja,name_kana,name_roman,birth_date',
    people.map((person) => [
      person.key, person.user === '' ? '' : `${person.user}@akatsuki.example`, ...person.name, person.birthDate,
    ]),
  ),
  'enrolments.csv': write(
    'student_number,person_key,faculty,programme,level,category,status,year_of_study,admission_date,expected_graduation_date,left_on,leave_from,leave_until,certified_from,requirements_met_on',
    enrolments.map((one) => [
      one.studentNumber, one.key, one.faculty, one.programme, one.level, one.category, one.status, one.yearOfStudy,
      one.admissionDate, one.expected, one.leftOn, one.leaveFrom, one.leaveUntil, one.certifiedFrom,
      one.requirementsMetOn,
    ]),
  ),
  'terms.csv': write('code,academic_year,name_ja,name_en,starts_on,ends_on,grades_released_at', terms),
  'courses.csv': write(
    'code,title_ja,title_en,credits,category_ja,category_en',
    COURSES.map((one) => [one.code, one.titleJa, one.titleEn, one.credits, one.categoryJa, one.categoryEn]),
  ),
  'degrees.csv': write(
    'student_number,name_ja,name_en,field_ja,field_en,conferred_on,diploma_number',
    finished.map((enrolment, index) => degreeOf(enrolment, 10_001 + index)),
  ),
  'student-cards.csv': write(
    'student_number,card_number,issued_on,expires_on',
    current.map((one) => [one.studentNumber, one.studentNumber, one.admissionDate, one.expected || '2027-03-31']),
  ),
  'registrations.csv': write('student_number,term_code,course_code', courses.flatMap((taken) => taken.registrations)),
  'grades.csv': write('student_number,term_code,course_code,grade,grade_point', courses.flatMap((taken) => taken.grades)),
  'holds.csv': write('hold_key,person_key,student_number,reason,starts_on,ends_on', [
    ['H000001', keyOf('h0567890'), '1030310005', 'tuition', '2026-11-01', ''],
    ['H000002', 'P000100', '', 'library', '2026-10-15', ''],
    ['H000003', 'P000200', '', 'tuition', '2026-04-01', '2026-06-30'],
    ['H000004', 'P000300', '', 'documents', '2026-11-01', '2026-12-25'],
  ]),
  'health-checks.csv': write(
    'person_key,examined_on,released_on,physician_ja,physician_en,english_form',
    examined.map((one) => [one.key, one.examinedOn, '2026-06-01', '水野 陽子', 'MIZUNO Yoko, M.D.', String(one.first < 0.4 || one.key === 'P000001')]),
  ),
  'health-findings.csv': write(
    'person_key,examined_on,position,item_ja,item_en,result_ja,result_en',
    examined.flatMap((one) => findingsOf(one.first, one.second).map((row, index) => [one.key, one.examinedOn, index + 1, ...row])),
  ),
};

if (import.meta.main) {
  for (const [file, text] of Object.entries(SAMPLE_REGISTER)) writeFileSync(join(import.meta.dirname, file), text);
}
