-- Drafts are saved as typed; an order is frozen when it is submitted.

create table order_draft (
  account_id uuid primary key references account (id),
  content jsonb not null,
  updated_at timestamptz not null
);

create table certificate_order (
  id uuid primary key default gen_random_uuid(),
  order_number text not null unique,
  account_id uuid not null references account (id),
  person_id uuid not null,
  destination text not null check (destination in ('store', 'campus', 'post', 'counter', 'digital')),
  state text not null check (state in (
    'awaiting_payment', 'expired', 'paid_late', 'cancelled', 'paid', 'preparing', 'held', 'ready', 'printing',
    'partly_printed', 'outcome_unknown', 'printed', 'lapsed', 'refund_ready', 'refund_submitted', 'refunded'
  )),
  language text not null,
  issuance_fee_yen integer not null check (issuance_fee_yen >= 0),
  system_fee_yen integer not null check (system_fee_yen >= 0),
  postage_yen integer not null default 0 check (postage_yen >= 0),
  total_yen integer not null check (total_yen = issuance_fee_yen + system_fee_yen + postage_yen),
  print_charge_yen integer not null check (print_charge_yen >= 0),
  sheets integer not null check (sheets > 0),
  idempotency_key text not null,
  submitted_at timestamptz not null,
  payment_deadline timestamptz not null,
  paid_at timestamptz,
  print_deadline timestamptz,
  version integer not null default 1,
  unique (account_id, idempotency_key)
);
create index certificate_order_account on certificate_order (account_id, submitted_at desc);

create table order_line (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null references certificate_order (id),
  position integer not null check (position > 0),
  certificate_type text not null,
  language text not null check (language in ('ja', 'en')),
  enrolment_id uuid not null,
  snapshot jsonb not null,
  copies integer not null check (copies > 0),
  sheets_per_copy integer not null check (sheets_per_copy > 0),
  fee_class text not null check (fee_class in ('current', 'graduate')),
  fee_each_yen integer not null check (fee_each_yen >= 0),
  unique (order_id, position),
  unique (order_id, certificate_type, language, enrolment_id)
);

-- What happened to an order and when; the state is the last of these.
create table order_event (
  id bigint generated always as identity primary key,
  order_id uuid not null references certificate_order (id),
  at timestamptz not null,
  event text not null,
  from_state text,
  to_state text not null,
  actor text not null
);
create index order_event_order on order_event (order_id, id);
create trigger order_event_append_only before update or delete on order_event
  for each row execute function refuse_change();
