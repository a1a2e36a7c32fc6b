-- The transparency log (docs/transparency-log.md): entries and the hashes of its tiles, only ever added to; a tile's row
-- grows until it holds 256 hashes.

create table log_leaf (
  index bigint primary key check (index >= 0),
  kind text not null check (kind in ('issue', 'void', 'supersede')),
  serial text not null,
  impression integer not null check (impression > 0),
  reason text,
  at timestamptz not null,
  entry bytea not null check (octet_length(entry) < 65536),
  unique (serial, impression, kind)
);
create index log_leaf_withdrawal on log_leaf (index) where kind <> 'issue';
create trigger log_leaf_append_only before update or delete on log_leaf
  for each row execute function refuse_change();

create table log_tile (
  level integer not null check (level between 0 and 7),
  index bigint not null check (index >= 0),
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (level, index)
);

-- Every checkpoint that was signed, with the lines of those who cosigned it.
create table log_checkpoint (
  id bigint generated always as identity primary key,
  size bigint not null check (size > 0),
  text text not null,
  signatures text not null,
  signed_at timestamptz not null,
  cosigned_at timestamptz
);
create index log_checkpoint_cosigned on log_checkpoint (id) where cosigned_at is not null;
