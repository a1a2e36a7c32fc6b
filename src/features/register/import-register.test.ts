import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import type { RegisterFiles } from './index.ts';
import { describePlan, importRegisterFiles, planImport, undoImport } from './index.ts';

const clock = manualClock('2026-11-24T03:00:00Z');
const bytes = (...lines: string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`);

const PEOPLE = 'person_key,principal_name,name_ja,name_kana,name_roman,birth_date';
const ENROLMENTS =
  'student_number,person_key,faculty,programme,level,category,status,year_of_study,admission_date,expected_graduation_date,left_on,leave_from,leave_until';
const TERMS = 'code,academic_year,name_ja,name_en,starts_on,ends_on,grades_released_at';
const small = {
  people: bytes(PEOPLE, 'P1,a@x.example,佐藤 美咲,,SATO Misaki,2005-07-14', 'P2,,髙橋 𠮷人,,,2002-02-28'),
  enrolments: bytes(
    ENROLMENTS,
    'N1,P1,law,law,bachelor,regular,enrolled,3,2024-04-01,2028-03-24,,,',
    'N2,P2,law,law,bachelor,regular,graduated,4,2021-04-01,,2025-03-24,,',
  ),
  terms: bytes(TERMS, '2024-1,2024,前期,First,2024-04-01,2024-09-30,2024-09-10T12:00:00+09:00'),
  courses: bytes('code,title_ja,title_en,credits', 'C1,憲法,Constitution,2', 'C2,民法,Civil Law,2'),
  grades: bytes(
    'student_number,term_code,course_code,grade,grade_point',
    'N1,2024-1,C1,A,4',
    'N1,2024-1,C2,B,3',
  ),
  degrees: bytes(
    'student_number,name_ja,name_en,field_ja,field_en,conferred_on,diploma_number',
    'N2,学士(法学),Bachelor of Laws,法学,Law,2025-03-24,第1号',
  ),
  holds: bytes('hold_key,person_key,student_number,reason,starts_on,ends_on', 'H1,P1,,tuition,2026-11-01,'),
} satisfies RegisterFiles;

/** Everything an import can change, in one value. */
const contents = async (db: Database): Promise<unknown> => ({
  people: await db.selectFrom('person').select(['register_key', 'name_ja']).orderBy('register_key').execute(),
  enrolments: await db
    .selectFrom('enrolment')
    .select(['student_number', 'status', 'left_on'])
    .orderBy('student_number')
    .execute(),
  courses: await db.selectFrom('course').select(['code', 'credits']).orderBy('code').execute(),
  grades: await db.selectFrom('grade').select(['course_code', 'grade']).orderBy('course_code').execute(),
  degrees: await db.selectFrom('degree').select(['name_ja', 'diploma_number']).execute(),
  holds: await db.selectFrom('hold').select(['register_key', 'reason']).execute(),
});

const later = {
  people: bytes(
    PEOPLE,
    'P1,a@x.example,伊藤 美咲,,ITO Misaki,2005-07-14',
    'P3,,林 湊,,HAYASHI Minato,2007-05-01',
  ),
  enrolments: bytes(
    ENROLMENTS,
    'N1,P1,law,law,bachelor,regular,enrolled,3,2024-04-01,2028-03-24,,,',
    'N3,P3,law,law,bachelor,regular,enrolled,1,2026-04-01,2030-03-24,,,',
  ),
  grades: bytes('student_number,term_code,course_code,grade,grade_point', 'N1,2024-1,C1,A+,4.3'),
  holds: bytes('hold_key,person_key,student_number,reason,starts_on,ends_on'),
} satisfies RegisterFiles;

const undo = (db: Database, inUse: readonly string[] = []) =>
  undoImport(db, { clock, by: 'clerk', reason: 'wrong file', findPeopleInUse: async () => inUse });

test('a dry run says line by line what an import would do, and does none of it', () =>
  withDatabase(async ({ db }) => {
    await importRegisterFiles(db, { files: small, clock });
    const before = await contents(db);
    const lines = describePlan(await planImport(db, { files: later, clock }));
    assert.deepEqual(lines, [
      'people.csv:2: changed P1: name_ja 佐藤 美咲 → 伊藤 美咲, name_roman SATO Misaki → ITO Misaki',
      'people.csv:3: added P3',
      'enrolments.csv:3: added N3',
      'grades.csv:2: changed N1 2024-1 C1: grade A → A+, grade_point 4 → 4.3',
      'grades.csv: removed N1 2024-1 C2',
      'holds.csv: removed H1',
      '2 added, 2 changed, 2 taken away, 0 refused: ready to import.',
    ]);
    assert.deepEqual(await contents(db), before);
    const broken = {
      ...later,
      grades: bytes(...new TextDecoder().decode(later.grades).split('\n'), 'N9,2024-1,C1,A,4'),
    };
    const refused = describePlan(await planImport(db, { files: broken, clock }));
    assert.ok(refused.includes('REFUSED grades.csv:4: student_number: N9 is not in the register'));
    assert.match(refused.at(-1) ?? '', /1 refused: nothing would be imported/);
    assert.deepEqual(await contents(db), before);
  }));

test('the last import is undone as a whole, once, and only while nobody it brought has ordered', () =>
  withDatabase(async ({ db }) => {
    await assert.rejects(undo(db), /no import/);
    await importRegisterFiles(db, { files: small, clock });
    const before = await contents(db);
    clock.advance({ minutes: 1 });
    await importRegisterFiles(db, { files: later, clock });
    assert.notDeepEqual(await contents(db), before);
    await assert.rejects(undo(db, ['somebody']), /stays: 1 of the people/);
    await undo(db);
    assert.deepEqual(await contents(db), before);
    await assert.rejects(undo(db), /undone already/);
    clock.advance({ minutes: 1 });
    await importRegisterFiles(db, { files: later, clock });
    await undo(db);
    assert.deepEqual(await contents(db), before);
  }));

test('undoing the first import empties the register', () =>
  withDatabase(async ({ db }) => {
    await importRegisterFiles(db, { files: small, clock });
    await undo(db);
    assert.deepEqual(await contents(db), {
      people: [],
      enrolments: [],
      courses: [],
      grades: [],
      degrees: [],
      holds: [],
    });
    await importRegisterFiles(db, { files: small, clock });
  }));

/** 佐藤 and 高橋 in Shift_JIS, then `last`. */
const shiftJis = (last: readonly number[]): Uint8Array =>
  Uint8Array.from([
    ...new TextEncoder().encode(`${PEOPLE}\nP1,,`),
    ...[0x8d, 0xb2, 0x93, 0xa1],
    ...new TextEncoder().encode(',,,2005-07-14\nP2,,'),
    ...[0x8d, 0x82, 0x8b, 0xb4, ...last],
    ...new TextEncoder().encode(',,,2002-02-28\n'),
  ]);

test('Shift_JIS is read as such, and a line with a lost character is refused', () =>
  withDatabase(async ({ db }) => {
    const plan = (last: readonly number[]) => planImport(db, { files: { people: shiftJis(last) }, clock });
    await importRegisterFiles(db, { files: { people: shiftJis([]) }, clock });
    const names = await db.selectFrom('person').select('name_ja').orderBy('register_key').execute();
    assert.deepEqual(
      names.map((row) => row.name_ja),
      ['佐藤', '高橋'],
    );
    for (const lost of [[0x81, 0xac], [0x81, 0x48], [0x3f], [0xfd]]) {
      const { refusals } = await plan(lost);
      assert.match(refusals.join(), /^people\.csv:3: name_ja: /, `${lost}`);
    }
    const damaged = Uint8Array.from([...small.people, 0x8d, 0x82]);
    const { refusals } = await planImport(db, { files: { people: damaged }, clock });
    assert.match(refusals.join(), /^people\.csv:4: 1 cells/);
  }));
