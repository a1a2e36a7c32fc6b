-- The student register as the university hands it over. Names are kept code point for code point. Rows of people and
-- enrolments are never deleted: orders and issued certificates point at them.

create table person (
  id uuid primary key default gen_random_uuid(),
  register_key text not null unique,
  principal_name text unique check (principal_name ~ '^[^@ ]+@[^@ ]+$'),
  name_ja text not null check (name_ja <> ''),
  name_kana text not null default '',
  name_roman text check (name_roman <> ''),
  birth_date date not null
);

create table enrolment (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person (id),
  student_number text not null unique check (student_number <> ''),
  faculty text not null,
  programme text not null,
  level text not null check (level in ('bachelor', 'master', 'doctor', 'non-degree')),
  category text not null check (category in ('regular', 'research', 'credited-auditor', 'special-auditor')),
  status text not null check (status in ('enrolled', 'graduated', 'withdrawn', 'struck-off')),
  year_of_study integer not null check (year_of_study between 1 and 12),
  admission_date date not null,
  expected_graduation_date date,
  left_on date,
  leave_from date,
  leave_until date,
  check ((status = 'enrolled') = (left_on is null)),
  check (left_on >= admission_date),
  check (expected_graduation_date >= admission_date),
  check ((leave_from is null) = (leave_until is null)),
  check (leave_until >= leave_from)
);
create index enrolment_person on enrolment (person_id);

create table term (
  code text primary key,
  academic_year integer not null check (academic_year between 1900 and 2200),
  name_ja text not null,
  name_en text not null,
  starts_on date not null,
  ends_on date not null,
  grades_released_at timestamptz not null,
  check (ends_on > starts_on)
);

create table course (
  code text primary key,
  title_ja text not null check (title_ja <> ''),
  title_en text not null check (title_en <> ''),
  credits numeric(4, 1) not null check (credits >= 0)
);

-- A course may be taken again in a later term, but once in a term.
create table grade (
  enrolment_id uuid not null references enrolment (id),
  term_code text not null references term (code),
  course_code text not null references course (code),
  grade text not null check (grade <> ''),
  grade_point numeric(3, 2) check (grade_point between 0 and 9.99),
  primary key (enrolment_id, term_code, course_code)
);
create index grade_term on grade (term_code);
create index grade_course on grade (course_code);

create table hold (
  id uuid primary key default gen_random_uuid(),
  register_key text not null unique,
  person_id uuid not null references person (id),
  enrolment_id uuid references enrolment (id),
  reason text not null check (reason in ('tuition', 'library', 'documents', 'discipline')),
  starts_on date not null,
  ends_on date,
  check (ends_on >= starts_on)
);
create index hold_person on hold (person_id);
create index hold_enrolment on hold (enrolment_id) where enrolment_id is not null;

create table register_import (
  id uuid primary key default gen_random_uuid(),
  imported_at timestamptz not null,
  sha256 text not null,
  counts jsonb not null
);
