-- Seals for those who type what is printed, each locked under the check code of its sheet (domain/seal/typed-record.ts):
-- a whole bucket of them may be handed to anybody.
create table typed_record (
  serial text not null,
  impression integer not null,
  page integer not null check (page > 0),
  id bytea not null check (octet_length(id) = 16),
  sealed bytea not null,
  primary key (serial, impression, page)
);
create index typed_record_bucket on typed_record ((replace(serial, '-', '')) text_pattern_ops);
