-- An account is one campus identity. The key is never a mail address (design: account keys).

create table account (
  id uuid primary key default gen_random_uuid(),
  identity_provider text not null,
  principal_name text not null,
  targeted_id text,
  student_numbers text[] not null default '{}',
  display_name_ja text,
  display_name_en text,
  language text not null default 'ja',
  mail_address text,
  mail_verified_at timestamptz,
  terms_version text,
  terms_accepted_at timestamptz,
  created_at timestamptz not null,
  last_sign_in_at timestamptz not null,
  unique (identity_provider, principal_name),
  check ((mail_address is null) = (mail_verified_at is null))
);

create table session (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  account_id uuid not null references account (id),
  person_id uuid not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  signed_in_at timestamptz not null,
  user_agent text not null default '',
  ended_at timestamptz
);
create index session_account on session (account_id) where ended_at is null;

create table sign_in_transaction (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  request_id text not null unique,
  identity_provider text not null,
  force_authn boolean not null,
  return_to text not null,
  language text not null,
  issued_at timestamptz not null
);

create table saml_assertion_seen (
  identity_provider text not null,
  assertion_id text not null,
  expires_at timestamptz not null,
  primary key (identity_provider, assertion_id)
);
create index saml_assertion_seen_expiry on saml_assertion_seen (expires_at);
