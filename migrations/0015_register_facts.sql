-- What the other certificates state: degrees, courses being taken, student cards, health examinations; withdrawal
-- after completion of the course requirements (単位取得退学); and what an import changed, so that it can be undone.

alter table enrolment
  add column certified_from timestamptz,
  add column requirements_met_on date,
  drop constraint enrolment_status_check,
  add constraint enrolment_status_check
    check (status in ('enrolled', 'graduated', 'withdrawn', 'coursework-completed', 'struck-off')) not valid;
-- Not validated: it only permits more than the one it replaces.
comment on column enrolment.certified_from is 'the instant from which graduation may be certified; null: the start of left_on';

alter table course
  add column category_ja text check (category_ja <> ''),
  add column category_en text check (category_en <> '');

create table degree (
  enrolment_id uuid primary key references enrolment (id),
  name_ja text not null check (name_ja <> ''),
  name_en text not null check (name_en <> ''),
  field_ja text check (field_ja <> ''),
  field_en text check (field_en <> ''),
  conferred_on date not null,
  diploma_number text check (diploma_number <> '')
);

-- Courses being taken (履修登録). One that has a grade in the same term is finished.
create table course_registration (
  enrolment_id uuid not null references enrolment (id),
  term_code text not null references term (code),
  course_code text not null references course (code),
  primary key (enrolment_id, term_code, course_code)
);
create index course_registration_term on course_registration (term_code);
create index course_registration_course on course_registration (course_code);

create table student_card (
  enrolment_id uuid primary key references enrolment (id),
  card_number text not null check (card_number <> ''),
  issued_on date not null,
  expires_on date not null,
  check (expires_on >= issued_on)
);

create table health_examination (
  person_id uuid not null references person (id),
  examined_on date not null,
  released_on date not null,
  physician_ja text not null check (physician_ja <> ''),
  physician_en text not null check (physician_en <> ''),
  english_form boolean not null,
  primary key (person_id, examined_on),
  check (released_on >= examined_on)
);

create table health_finding (
  person_id uuid not null,
  examined_on date not null,
  position integer not null check (position > 0),
  item_ja text not null check (item_ja <> ''),
  item_en text not null check (item_en <> ''),
  result_ja text not null check (result_ja <> ''),
  result_en text not null check (result_en <> ''),
  primary key (person_id, examined_on, position),
  foreign key (person_id, examined_on) references health_examination (person_id, examined_on)
    on delete cascade
);

alter table register_import
  -- True where the register was empty before: undoing it empties the register again.
  add column whole boolean not null default false,
  add column undone_at timestamptz,
  add column undone_by text,
  add column undo_reason text;

-- What the latest import did to each row, as its file names it; `before` is null for a row that is new.
create table register_change (
  id bigint generated always as identity primary key,
  import_id uuid not null references register_import (id),
  file text not null,
  line integer,
  kind text not null check (kind in ('added', 'changed', 'removed')),
  key jsonb not null,
  before jsonb,
  check ((kind = 'added') = (before is null)),
  check ((kind = 'removed') = (line is null))
);
create index register_change_import on register_change (import_id);
