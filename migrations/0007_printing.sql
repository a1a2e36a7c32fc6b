-- Printing at copiers. Number and PIN are found through a keyed index and a slow hash; the encrypted copy lets the
-- owner's ticket page show them again.

create table print_job (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null unique references certificate_order (id),
  number_index bytea not null unique check (octet_length(number_index) = 32),
  secrets bytea not null,
  pin_hash text not null,
  -- Counts replacements of number and PIN: a claim token of an older one is worth nothing.
  generation integer not null default 1 check (generation > 0),
  replacing boolean not null default false,
  wrong_pins integer not null default 0 check (wrong_pins between 0 and 5),
  networks text[] not null,
  deadline timestamptz not null,
  fence integer not null default 0 check (fence >= 0),
  created_at timestamptz not null,
  finished_at timestamptz
);

create table print_document (
  job_id uuid not null references print_job (id),
  position integer not null check (position > 0),
  document_id uuid not null,
  pages integer not null check (pages > 0),
  sha256 text not null,
  state text not null default 'waiting' check (state in ('waiting', 'completed')),
  completed_at timestamptz,
  primary key (job_id, position),
  check ((state = 'completed') = (completed_at is not null))
);

create table print_claim (
  id uuid primary key default gen_random_uuid(),
  job_id uuid not null references print_job (id),
  fence integer not null check (fence > 0),
  network text not null,
  device text not null,
  claimed_at timestamptz not null,
  leased_until timestamptz not null,
  pages_printed integer not null default 0 check (pages_printed >= 0),
  outcome jsonb,
  outcome_at timestamptz,
  unique (job_id, fence),
  check ((outcome is null) = (outcome_at is null))
);

create table copier_nonce (
  key_id text not null,
  nonce text not null,
  expires_at timestamptz not null,
  primary key (key_id, nonce)
);
create index copier_nonce_expiry on copier_nonce (expires_at);

create table copier_miss (
  id bigint generated always as identity primary key,
  network text not null,
  device text not null,
  at timestamptz not null
);
create index copier_miss_recent on copier_miss (network, device, at);
