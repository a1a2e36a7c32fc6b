-- A wish to set or change a mail address. The pending address stands here; the account keeps the one in force.

create table mail_address_request (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account (id),
  session_id uuid not null references session (id),
  purpose text not null check (purpose in ('register', 'change')),
  address text not null,
  replaces text,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  code_hash bytea not null check (octet_length(code_hash) = 32),
  code_tries integer not null default 0 check (code_tries between 0 and 5),
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  voided_at timestamptz,
  check (used_at is null or voided_at is null),
  check ((purpose = 'change') = (replaces is not null))
);
-- A newer request voids the older one: never two open ones.
create unique index mail_address_request_open on mail_address_request (account_id)
  where used_at is null and voided_at is null;
create index mail_address_request_account on mail_address_request (account_id, requested_at);

create table mail_address_undo (
  id uuid primary key default gen_random_uuid(),
  request_id uuid not null unique references mail_address_request (id),
  account_id uuid not null references account (id),
  old_address text not null,
  new_address text not null,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index mail_address_undo_account on mail_address_undo (account_id, expires_at);
