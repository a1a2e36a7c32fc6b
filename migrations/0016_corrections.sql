-- 内容が違う: a person says that the register is wrong. Answered once, by somebody named, with a reason; the draft of the
-- order stays as it was.

create table correction_request (
  id uuid primary key default gen_random_uuid(),
  request_number text not null unique,
  account_id uuid not null references account (id),
  person_id uuid not null,
  matter text not null check (matter in ('name', 'romanised-name', 'birth-date', 'programme', 'dates', 'grades', 'other')),
  details text not null check (char_length(details) between 1 and 1000),
  language text not null check (language in ('ja', 'en')),
  requested_at timestamptz not null,
  answer text check (char_length(answer) between 1 and 1000),
  answered_at timestamptz,
  answered_by text,
  check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create index correction_request_account on correction_request (account_id);
create index correction_request_open on correction_request (requested_at) where answer is null;
