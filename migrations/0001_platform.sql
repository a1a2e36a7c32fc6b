-- What the ground floor needs: mail waiting to be sent, the audit trail, limits on how often something is tried.

create table mail_outbox (
  id uuid primary key default gen_random_uuid(),
  message_id text not null unique,
  recipient text not null,
  subject text not null,
  text_body text not null,
  html_body text not null,
  kind text not null,
  reference text,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  last_error text,
  queued_at timestamptz not null,
  sent_at timestamptz,
  check ((state = 'sent') = (sent_at is not null))
);
create index mail_outbox_reference on mail_outbox (kind, reference, queued_at);

create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  type text not null,
  subject text not null,
  actor text not null,
  data jsonb not null
);
create index audit_event_subject on audit_event (subject, id);

-- The sealer chains committed events here; the event rows themselves are never touched again.
create table audit_link (
  position bigint primary key check (position > 0),
  event_id bigint not null unique references audit_event (id),
  hash bytea not null check (octet_length(hash) = 32),
  sealed_at timestamptz not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end
$$;
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function refuse_change();
create trigger audit_link_append_only before update or delete on audit_link
  for each row execute function refuse_change();

create table attempt (
  id bigint generated always as identity primary key,
  kind text not null,
  key text not null,
  at timestamptz not null
);
create index attempt_recent on attempt (kind, key, at);
