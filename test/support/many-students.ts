import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

/** The sample university's third-year undergraduate with 42 grades, whom the others are made after. */
const MODEL = '1029310001';

const FAMILIES_JA =
  '佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 松本 井上 木村 林 清水 山崎 森'.split(
    ' ',
  );
const FAMILIES =
  'SATO SUZUKI TAKAHASHI TANAKA ITO WATANABE YAMAMOTO NAKAMURA KOBAYASHI KATO YOSHIDA YAMADA SASAKI MATSUMOTO INOUE KIMURA HAYASHI SHIMIZU YAMAZAKI MORI'.split(
    ' ',
  );
const GIVEN_JA = '美咲 翔太 陽菜 大輝 結衣 蓮 葵 悠斗 凛 健太 千尋 拓海 彩花 直樹 真央 翼 七海'.split(' ');
const GIVEN =
  'Misaki Shota Hina Daiki Yui Ren Aoi Yuto Rin Kenta Chihiro Takumi Ayaka Naoki Mao Tsubasa Nanami'.split(
    ' ',
  );

export type ManyStudents = {
  /** The first one's number, when there are some already. */
  readonly from?: number;
  readonly count: number;
  /** Grades, of whom each tenth asks for a transcript; without them the rows are few. */
  readonly grades: 'all' | 'none';
};

export const studentNumberOf = (number: number): string => `5${String(number).padStart(9, '0')}`;
export const principalOf = (number: number): string => `many${number}@akatsuki.example`;

/** Adds students numbered `from` (1) to `count` to an imported sample register, set at once, each with an enrolment like the model's. */
export const insertManyStudents = async (
  db: Database,
  { from = 1, count, grades }: ManyStudents,
): Promise<void> => {
  await sql`
    insert into person (id, register_key, principal_name, name_ja, name_kana, name_roman, birth_date)
    select md5('person' || n)::uuid, 'M' || n, 'many' || n || '@akatsuki.example',
      (${FAMILIES_JA}::text[])[1 + n % 20] || ' ' || (${GIVEN_JA}::text[])[1 + n % 17], '',
      (${FAMILIES}::text[])[1 + n % 20] || ' ' || (${GIVEN}::text[])[1 + n % 17], date '2003-04-02' + (n % 1000)
    from generate_series(${from}::integer, ${count}::integer) n`.execute(db);
  await sql`
    insert into enrolment
    select made.*
    from person p, enrolment e, lateral jsonb_populate_record(null::enrolment, to_jsonb(e) || jsonb_build_object(
      'id', md5('enrolment' || substr(p.register_key, 2))::uuid, 'person_id', p.id,
      'student_number', '5' || lpad(substr(p.register_key, 2), 9, '0'))) made
    where p.register_key like 'M%' and substr(p.register_key, 2)::integer >= ${from}
      and e.student_number = ${MODEL}`.execute(db);
  if (grades === 'all')
    await sql`
      insert into grade (enrolment_id, term_code, course_code, grade, grade_point)
      select e.id, g.term_code, g.course_code, g.grade, g.grade_point
      from enrolment e, enrolment m join grade g on g.enrolment_id = m.id
      where m.student_number = ${MODEL} and e.student_number like '5_________'`.execute(db);
  await sql`analyze person, enrolment, grade`.execute(db);
};

/** Accounts of students `from` to `to` with a confirmed address, as an earlier sign-in left them. */
export const insertManyAccounts = async (
  db: Database,
  {
    from,
    to,
    identityProvider,
    termsVersion,
    now,
  }: {
    readonly from: number;
    readonly to: number;
    readonly identityProvider: string;
    readonly termsVersion: string;
    readonly now: Temporal.Instant;
  },
): Promise<void> => {
  await sql`
    insert into account (id, identity_provider, principal_name, student_numbers, mail_address, mail_verified_at,
      terms_version, terms_accepted_at, created_at, last_sign_in_at)
    select md5('account' || n)::uuid, ${identityProvider}, 'many' || n || '@akatsuki.example', array['5' || lpad(n::text, 9, '0')],
      'many' || n || '@example.jp', ${now}, ${termsVersion}, ${now}, ${now}, ${now}
    from generate_series(${from}::integer, ${to}::integer) n`.execute(db);
};
