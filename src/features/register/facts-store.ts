import { sql } from 'kysely';
import type {
  Degree,
  EnrolmentFacts,
  HealthExamination,
  PersonFacts,
  RecordedCourse,
  StudentCard,
} from '#domain/person/person.ts';
import type { Database } from '#platform/database/database.ts';

/** What the register knows of a person at `now` besides dates and names: courses, degrees, cards, health. */
export const readPersonFacts = async (
  db: Database,
  personId: string,
  now: Temporal.Instant,
): Promise<PersonFacts> => {
  const [enrolments, taken, healthExaminations] = await Promise.all([
    listEnrolmentFacts(db, personId),
    listTaken(db, personId, now),
    listHealthExaminations(db, personId),
  ]);
  const courses = coursesOf(taken, now);
  const releases = releasesOf(taken);
  const facts = enrolments.map(({ id, ...rest }): [string, EnrolmentFacts] => [
    id,
    { ...rest, courses: courses.get(id) ?? [], gradeReleases: releases.get(id) ?? [] },
  ]);
  return { enrolments: new Map(facts), healthExaminations };
};

type Whole = Omit<EnrolmentFacts, 'courses' | 'gradeReleases'> & { readonly id: string };

const listEnrolmentFacts = async (db: Database, personId: string): Promise<Whole[]> => {
  const rows = await db
    .selectFrom('enrolment as e')
    .leftJoin('degree as d', 'd.enrolment_id', 'e.id')
    .leftJoin('student_card as c', 'c.enrolment_id', 'e.id')
    .select(['e.id', 'e.certified_from', 'e.requirements_met_on'])
    .select(['d.name_ja', 'd.name_en', 'd.field_ja', 'd.field_en', 'd.conferred_on', 'd.diploma_number'])
    .select(['c.card_number', 'c.issued_on', 'c.expires_on'])
    .where('e.person_id', '=', personId)
    .execute();
  return rows.map((row) => {
    const degree: Degree | null =
      row.name_ja === null || row.name_en === null || row.conferred_on === null
        ? null
        : {
            nameJa: row.name_ja,
            nameEn: row.name_en,
            fieldJa: row.field_ja,
            fieldEn: row.field_en,
            conferredOn: row.conferred_on,
            diplomaNumber: row.diploma_number,
          };
    const studentCard: StudentCard | null =
      row.card_number === null || row.issued_on === null || row.expires_on === null
        ? null
        : { number: row.card_number, issuedOn: row.issued_on, expiresOn: row.expires_on };
    return {
      id: row.id,
      degree,
      studentCard,
      certifiedFrom: row.certified_from,
      requirementsMetOn: row.requirements_met_on,
    };
  });
};

type TakenRow = {
  enrolment_id: string;
  academic_year: number;
  term_ja: string;
  term_en: string;
  code: string;
  title_ja: string;
  title_en: string;
  category_ja: string | null;
  category_en: string | null;
  credits: string;
  grade: string | null;
  grade_point: string | null;
  grades_released_at: Temporal.Instant;
};

/** Every grade, and the courses being taken in terms whose grades are not released at `now`. */
const listTaken = async (db: Database, personId: string, now: Temporal.Instant): Promise<TakenRow[]> => {
  const { rows } = await sql<TakenRow>`
    with taken as (
      select g.enrolment_id, g.term_code, g.course_code, g.grade, g.grade_point
      from grade g join enrolment e on e.id = g.enrolment_id
      where e.person_id = ${personId}
      union all
      select r.enrolment_id, r.term_code, r.course_code, null, null
      from course_registration r join enrolment e on e.id = r.enrolment_id join term t on t.code = r.term_code
      where e.person_id = ${personId} and t.grades_released_at > ${now}
    )
    select k.enrolment_id, t.academic_year, t.name_ja as term_ja, t.name_en as term_en, c.code, c.title_ja,
      c.title_en, c.category_ja, c.category_en, c.credits, k.grade, k.grade_point, t.grades_released_at
    from taken k join term t on t.code = k.term_code join course c on c.code = k.course_code
    order by t.starts_on, c.code`.execute(db);
  return rows;
};

/** Released grades, and courses being taken, by enrolment. */
const coursesOf = (taken: readonly TakenRow[], now: Temporal.Instant): Map<string, RecordedCourse[]> => {
  const courses = new Map<string, RecordedCourse[]>();
  for (const row of taken) {
    const released = Temporal.Instant.compare(row.grades_released_at, now) <= 0;
    if (row.grade !== null && !released) continue;
    const own = courses.get(row.enrolment_id) ?? [];
    courses.set(row.enrolment_id, own);
    own.push({
      academicYear: row.academic_year,
      termJa: row.term_ja,
      termEn: row.term_en,
      courseNumber: row.code,
      titleJa: row.title_ja,
      titleEn: row.title_en,
      categoryJa: row.category_ja,
      categoryEn: row.category_en,
      credits: Number(row.credits),
      grade: row.grade,
      gradePoint: row.grade_point === null ? null : Number(row.grade_point),
    });
  }
  return courses;
};

/** When grades of an enrolment were or will be released, each instant once. */
const releasesOf = (taken: readonly TakenRow[]): Map<string, Temporal.Instant[]> => {
  const releases = new Map<string, Temporal.Instant[]>();
  for (const { enrolment_id: id, grade, grades_released_at: at } of taken) {
    const known = releases.get(id) ?? [];
    if (grade !== null && !known.some((one) => one.equals(at))) releases.set(id, [...known, at]);
  }
  return releases;
};

const listHealthExaminations = async (db: Database, personId: string): Promise<HealthExamination[]> => {
  const examinations = await db
    .selectFrom('health_examination')
    .select(['examined_on', 'released_on', 'physician_ja', 'physician_en', 'english_form'])
    .where('person_id', '=', personId)
    .orderBy('examined_on', 'desc')
    .execute();
  if (examinations.length === 0) return [];
  const findings = await db
    .selectFrom('health_finding')
    .select(['examined_on', 'item_ja', 'item_en', 'result_ja', 'result_en'])
    .where('person_id', '=', personId)
    .orderBy('position')
    .execute();
  return examinations.map((row) => ({
    examinedOn: row.examined_on,
    releasedOn: row.released_on,
    physicianJa: row.physician_ja,
    physicianEn: row.physician_en,
    englishForm: row.english_form,
    findings: findings
      .filter(({ examined_on: day }) => day.equals(row.examined_on))
      .map((one) => ({
        itemJa: one.item_ja,
        itemEn: one.item_en,
        resultJa: one.result_ja,
        resultEn: one.result_en,
      })),
  }));
};
