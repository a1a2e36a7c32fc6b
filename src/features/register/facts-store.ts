import { sql } from 'kysely';
import type {
  EnrolmentFacts,
  HealthExamination,
  PersonFacts,
  RecordedCourse,
} from '#domain/person/person.ts';
import { dateOrNull } from './json-dates.ts';

type Dates<Whole, Names extends keyof Whole> = Omit<Whole, Names> & { readonly [Name in Names]: string };

type DetailsRow = {
  id: string;
  certified_from: string | null;
  requirements_met_on: string | null;
  degree: Dates<NonNullable<EnrolmentFacts['degree']>, 'conferredOn'> | null;
  card: Dates<NonNullable<EnrolmentFacts['studentCard']>, 'issuedOn' | 'expiresOn'> | null;
};

/** Without names, of which PostgreSQL would write, and we read, fourteen for each of some forty courses. */
type TakenRow = readonly [
  enrolmentId: string,
  gradesReleasedAt: string,
  academicYear: number,
  termJa: string,
  termEn: string,
  courseNumber: string,
  titleJa: string,
  titleEn: string,
  categoryJa: string | null,
  categoryEn: string | null,
  credits: number,
  grade: string | null,
  gradePoint: number | null,
];

export type FactsRow = {
  details: readonly DetailsRow[] | null;
  taken: readonly TakenRow[] | null;
  examinations: readonly Dates<HealthExamination, 'examinedOn' | 'releasedOn'>[] | null;
};

/**
 * Of person `p`: every grade, and the courses being taken in terms whose grades are not released at `now`; degrees,
 * cards, health.
 */
export const factsColumns = (now: Temporal.Instant) => sql`
  (select json_agg(json_build_object('id', e.id, 'certified_from', e.certified_from,
      'requirements_met_on', e.requirements_met_on,
      'degree', case when d.enrolment_id is not null then json_build_object('nameJa', d.name_ja, 'nameEn', d.name_en,
        'fieldJa', d.field_ja, 'fieldEn', d.field_en, 'conferredOn', d.conferred_on,
        'diplomaNumber', d.diploma_number) end,
      'card', case when c.enrolment_id is not null then json_build_object('number', c.card_number,
        'issuedOn', c.issued_on, 'expiresOn', c.expires_on) end))
    from enrolment e left join degree d on d.enrolment_id = e.id left join student_card c on c.enrolment_id = e.id
    where e.person_id = p.id) as details,
  (select json_agg(json_build_array(k.enrolment_id, t.grades_released_at, t.academic_year, t.name_ja, t.name_en, c.code,
      c.title_ja, c.title_en, c.category_ja, c.category_en, c.credits, k.grade, k.grade_point) order by t.starts_on, c.code)
    from (
      select g.enrolment_id, g.term_code, g.course_code, g.grade, g.grade_point
      from grade g join enrolment e on e.id = g.enrolment_id
      where e.person_id = p.id
      union all
      select r.enrolment_id, r.term_code, r.course_code, null, null
      from course_registration r join enrolment e on e.id = r.enrolment_id join term t on t.code = r.term_code
      where e.person_id = p.id and t.grades_released_at > ${now}
    ) k join term t on t.code = k.term_code join course c on c.code = k.course_code) as taken,
  (select json_agg(json_build_object('examinedOn', h.examined_on, 'releasedOn', h.released_on,
      'physicianJa', h.physician_ja, 'physicianEn', h.physician_en, 'englishForm', h.english_form,
      'findings', (select coalesce(json_agg(json_build_object('itemJa', f.item_ja, 'itemEn', f.item_en,
          'resultJa', f.result_ja, 'resultEn', f.result_en) order by f.position), '[]')
        from health_finding f where f.person_id = p.id and f.examined_on = h.examined_on))
      order by h.examined_on desc)
    from health_examination h where h.person_id = p.id) as examinations`;

const detailsOf = ({ certified_from, requirements_met_on, degree, card }: DetailsRow) => ({
  certifiedFrom: certified_from === null ? null : Temporal.Instant.from(certified_from),
  requirementsMetOn: dateOrNull(requirements_met_on),
  degree: degree === null ? null : { ...degree, conferredOn: Temporal.PlainDate.from(degree.conferredOn) },
  studentCard:
    card === null
      ? null
      : {
          ...card,
          issuedOn: Temporal.PlainDate.from(card.issuedOn),
          expiresOn: Temporal.PlainDate.from(card.expiresOn),
        },
});

const courseOf = (row: TakenRow): RecordedCourse => ({
  academicYear: row[2],
  termJa: row[3],
  termEn: row[4],
  courseNumber: row[5],
  titleJa: row[6],
  titleEn: row[7],
  categoryJa: row[8],
  categoryEn: row[9],
  credits: row[10],
  grade: row[11],
  gradePoint: row[12],
});

type CourseRecord = { readonly courses: RecordedCourse[]; readonly gradeReleases: Temporal.Instant[] };

/**
 * By enrolment: released grades, and courses being taken; and when grades were or will be released, each instant once.
 */
const recordsOf = (
  taken: readonly TakenRow[],
  instants: ReadonlyMap<string, Temporal.Instant>,
  now: Temporal.Instant,
): Map<string, CourseRecord> => {
  const records = new Map<string, CourseRecord>();
  for (const row of taken) {
    const [enrolmentId, gradesReleasedAt] = row;
    const course = courseOf(row);
    const record = records.get(enrolmentId) ?? { courses: [], gradeReleases: [] };
    records.set(enrolmentId, record);
    const released = instants.get(gradesReleasedAt) ?? Temporal.Instant.from(gradesReleasedAt);
    if (course.grade !== null && !record.gradeReleases.includes(released))
      record.gradeReleases.push(released);
    if (course.grade === null || Temporal.Instant.compare(released, now) <= 0) record.courses.push(course);
  }
  return records;
};

/** What the register knows of a person at `now` besides dates and names: courses, degrees, cards, health. */
export const factsOf = ({ details, taken, examinations }: FactsRow, now: Temporal.Instant): PersonFacts => {
  // A term's instant comes with each of its courses.
  const releases = new Map<string, Temporal.Instant>();
  for (const [, text] of taken ?? [])
    if (!releases.has(text)) releases.set(text, Temporal.Instant.from(text));
  const records = recordsOf(taken ?? [], releases, now);
  const [nextRelease = null] = [...releases.values()]
    .filter((released) => Temporal.Instant.compare(released, now) > 0)
    .sort(Temporal.Instant.compare);
  const facts = (details ?? []).map((row): [string, EnrolmentFacts] => [
    row.id,
    { ...(records.get(row.id) ?? { courses: [], gradeReleases: [] }), ...detailsOf(row) },
  ]);
  return {
    enrolments: new Map(facts),
    healthExaminations: (examinations ?? []).map((row) => ({
      ...row,
      examinedOn: Temporal.PlainDate.from(row.examinedOn),
      releasedOn: Temporal.PlainDate.from(row.releasedOn),
    })),
    nextRelease,
  };
};
