-- Documents that stay as files, on their way to a long-term signature (B-B → B-T → B-LTA), and their renewal. A document
-- that is printed and destroyed never comes here.

create table document_archive (
  issued_certificate_id uuid primary key references issued_certificate (id),
  level text not null default 'B-B' check (level in ('B-B', 'B-T', 'B-LTA')),
  kept_at timestamptz not null,
  -- What the last attempt failed of; null when it did not.
  problem text,
  attempts integer not null default 0 check (attempts >= 0),
  -- When to try next; for a B-LTA, when its proof must be renewed.
  due_at timestamptz not null
);
create index document_archive_due on document_archive (due_at);
