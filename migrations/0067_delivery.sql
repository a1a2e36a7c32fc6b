-- Online delivery: one row for each recipient of an order. The link is 256 random bits of which only the hash is kept; a
-- replaced link stays known, so that its page can say that there is a newer one.

create table delivery (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null references certificate_order (id),
  position integer not null check (position > 0),
  organisation text not null,
  department text not null,
  person text not null,
  mail text not null,
  reference text not null,
  language text not null check (language in ('ja', 'en')),
  asks_code boolean not null,
  state text not null default 'sent'
    check (state in ('sent', 'opened', 'downloaded', 'expired', 'recalled')),
  sendings integer not null default 1 check (sendings > 0),
  sent_at timestamptz not null,
  opened_at timestamptz,
  downloaded_at timestamptz,
  recalled_at timestamptz,
  extended_at timestamptz,
  link_until timestamptz not null,
  -- Of the newest mail with the link: when it came back, and the RFC 3463 status.
  bounced_at timestamptz,
  bounce_status text,
  code_hash bytea check (octet_length(code_hash) = 32),
  code_until timestamptz,
  wrong_codes integer not null default 0 check (wrong_codes between 0 and 5),
  codes_sent integer not null default 0 check (codes_sent >= 0),
  codes_since timestamptz,
  -- The browser in which the newest code was entered.
  grant_hash bytea check (octet_length(grant_hash) = 32),
  grant_until timestamptz,
  unique (order_id, position),
  -- Once seen it cannot be called back, and what was never seen was never downloaded.
  check (state <> 'recalled' or opened_at is null),
  check (state not in ('opened', 'downloaded') or opened_at is not null),
  check ((state = 'downloaded') = (downloaded_at is not null)),
  check ((code_hash is null) = (code_until is null)),
  check ((grant_hash is null) = (grant_until is null))
);

create table delivery_link (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  delivery_id uuid not null references delivery (id),
  created_at timestamptz not null,
  replaced_at timestamptz
);
create unique index delivery_link_newest on delivery_link (delivery_id) where replaced_at is null;

create table delivery_document (
  delivery_id uuid not null references delivery (id),
  position integer not null check (position > 0),
  document_id uuid not null unique,
  downloaded_at timestamptz,
  primary key (delivery_id, position)
);
