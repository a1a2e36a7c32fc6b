-- Personal values of audit events, encrypted under a key of the person's own. The chain covers the ciphertext, so
-- erasing the key erases the values and leaves the chain whole.

create table audit_person_key (
  subject text primary key,
  key bytea check (octet_length(key) = 32),
  created_at timestamptz not null,
  erased_at timestamptz,
  check ((key is null) = (erased_at is not null))
);

alter table audit_event add column personal bytea;
