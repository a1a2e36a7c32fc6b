-- Payments at a payment company, what it told us, and the double-entry ledger of the money.

create table payment (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null references certificate_order (id),
  provider text not null,
  method text not null check (method in ('card')),
  amount_yen integer not null check (amount_yen > 0),
  language text not null check (language in ('ja', 'en')),
  state text not null check (state in ('ready', 'submitted', 'open', 'settled', 'closed', 'disputed')),
  checkout_id text,
  checkout_url text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  settled_at timestamptz,
  unique (provider, checkout_id),
  check (state <> 'open' or (checkout_id is not null and checkout_url is not null)),
  check ((state = 'settled') = (settled_at is not null))
);
-- Somebody who comes back, or presses twice, continues the payment that is already under way.
create unique index payment_one_under_way on payment (order_id) where state in ('ready', 'submitted', 'open');
create index payment_order on payment (order_id, created_at desc);

-- Every message of a payment company, as it came.
create table payment_webhook (
  id bigint generated always as identity primary key,
  provider text not null,
  event_id text not null,
  body text not null,
  received_at timestamptz not null,
  unique (provider, event_id)
);

-- Money that goes back. One row a payment; the company sees the row's id as idempotency key.
create table payment_refund (
  id uuid primary key default gen_random_uuid(),
  payment_id uuid not null unique references payment (id),
  amount_yen integer not null check (amount_yen > 0),
  reason text not null check (reason in ('order-cancelled', 'paid-twice', 'amount-differs', 'not-issued')),
  state text not null check (state in ('ready', 'submitted', 'done')),
  created_at timestamptz not null,
  done_at timestamptz
);

create table ledger_posting (
  id bigint generated always as identity primary key,
  payment_id uuid not null references payment (id),
  kind text not null check (kind in ('charge', 'settlement', 'late-settlement', 'acceptance', 'refund')),
  at timestamptz not null,
  unique (payment_id, kind)
);
create table ledger_entry (
  posting_id bigint not null references ledger_posting (id),
  account text not null check (account in ('receivable', 'clearing', 'fees', 'refunds_payable', 'revenue')),
  amount_yen bigint not null check (amount_yen <> 0),
  primary key (posting_id, account)
);

create function refuse_unbalanced_posting() returns trigger language plpgsql as $$
begin
  if (select coalesce(sum(amount_yen), 0) from ledger_entry where posting_id = new.posting_id) <> 0 then
    raise exception 'ledger posting % does not sum to 0', new.posting_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;
-- Looked at when the transaction commits, so that a posting's entries may be written one after another.
create constraint trigger ledger_entry_balanced after insert on ledger_entry
  deferrable initially deferred for each row execute function refuse_unbalanced_posting();
create trigger ledger_entry_append_only before update or delete on ledger_entry
  for each row execute function refuse_change();
create trigger ledger_posting_append_only before update or delete on ledger_posting
  for each row execute function refuse_change();
create trigger payment_webhook_append_only before update or delete on payment_webhook
  for each row execute function refuse_change();
