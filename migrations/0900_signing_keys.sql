-- The keys with which certificates are sealed and signed and the log's checkpoints are signed: those in force, the next,
-- and for ever the public halves of those before, under which old certificates verify (docs/keys.md).

create table signing_key (
  key_id text primary key check (key_id ~ '^[0-9a-f]{16}$'),
  purpose text not null check (purpose in ('document', 'seal', 'log')),
  -- Where the private half is: a file of the key folder, or an object of a token (RFC 7512).
  place text not null check (place ~ '^[a-z0-9-]+\.key$' or place like 'pkcs11:%'),
  public_key bytea not null,
  -- Certificates of a document key, DER in base64, signer first and root last; null until they are known.
  chain text[],
  published_at timestamptz not null,
  signs_from timestamptz,
  signs_until timestamptz,
  -- Since when its private half is gone.
  retired_at timestamptz,
  check (signs_until is null or signs_from is not null),
  check (retired_at is null or signs_until is not null),
  check (purpose <> 'document' or signs_from is null or chain is not null)
);
create unique index signing_key_current on signing_key (purpose) where signs_from is not null and signs_until is null;
create unique index signing_key_next on signing_key (purpose) where signs_from is null;
create trigger signing_key_is_kept before delete on signing_key
  for each row execute function refuse_change();
