-- The issuance register: one row for each impression of each paid copy. Rows are kept for ever; the document's bytes
-- and key only until it is printed or lapses.

create table certificate_counter (
  academic_year integer primary key,
  last integer not null check (last > 0)
);

create table issued_certificate (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null,
  order_line_id uuid not null,
  copy integer not null check (copy > 0),
  serial text not null,
  impression integer not null check (impression > 0),
  record jsonb not null,
  state text not null default 'reserved' check (state in ('reserved', 'made', 'destroyed')),
  status text not null default 'valid' check (status in ('valid', 'void', 'superseded')),
  status_reason text,
  status_since timestamptz,
  pages integer check (pages > 0),
  sha256 text,
  check_code text,
  reserved_at timestamptz not null,
  made_at timestamptz,
  unique (serial, impression),
  unique (order_line_id, copy, impression),
  check ((status = 'valid') = (status_since is null)),
  check (state = 'reserved' or (pages is not null and sha256 is not null and check_code is not null))
);
create index issued_certificate_order on issued_certificate (order_id);
create index issued_certificate_withdrawn on issued_certificate (status_since) where status <> 'valid';

create table certificate_seal (
  issued_certificate_id uuid not null references issued_certificate (id),
  page integer not null check (page > 0),
  seal bytea not null,
  primary key (issued_certificate_id, page)
);

-- Left out of backups: without its row here, a document's file is noise.
create table document_key (
  issued_certificate_id uuid primary key references issued_certificate (id),
  key bytea not null check (octet_length(key) = 32)
);
