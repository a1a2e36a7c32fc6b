-- Refunds that are sent, money that waits for a person, store cash and wallets, and payouts of the company.
-- The tables are small while the service is young: an index takes milliseconds.
-- squawk-ignore-file require-concurrent-index-creation

alter table payment
  add column expires_at timestamptz,
  add column slips jsonb,
  add column settled_yen integer check (settled_yen > 0);
alter table payment drop constraint payment_method_check;
alter table payment add constraint payment_method_check
  check (method in ('card', 'storeCash', 'qrWallet')) not valid;

alter table payment_refund drop constraint payment_refund_payment_id_key;
alter table payment_refund drop constraint payment_refund_state_check;
alter table payment_refund drop constraint payment_refund_reason_check;
alter table payment_refund
  add column kind text not null default 'rest' check (kind in ('rest', 'lines')),
  add column attempts integer not null default 0 check (attempts >= 0),
  add column company_refund_id text,
  add column last_error text,
  add column recorded_by text,
  add column seconded_by text,
  add column record_reason text;
-- `by_hand` waits for a bank transfer, which two different people record.
alter table payment_refund add constraint payment_refund_state_check
  check (state in ('ready', 'submitted', 'done', 'by_hand')) not valid;
alter table payment_refund add constraint payment_refund_reason_check check (reason in (
  'order-cancelled', 'paid-twice', 'amount-differs', 'not-issued', 'paid-late'
)) not valid;
alter table payment_refund add constraint payment_refund_done_check
  check ((state = 'done') = (done_at is not null)) not valid;
alter table payment_refund add constraint payment_refund_two_people_check check (
  (recorded_by is null and seconded_by is null)
  or (state = 'done' and record_reason is not null and lower(recorded_by) <> lower(seconded_by))
) not valid;
create index payment_refund_payment on payment_refund (payment_id);
create index payment_refund_open on payment_refund (created_at) where state <> 'done';
-- All that is left of a payment goes back once.
create unique index payment_refund_rest_once on payment_refund (payment_id) where kind = 'rest';

-- A line's fee goes back once, whoever asks and however often.
create table payment_refund_line (
  order_line_id uuid primary key references order_line (id),
  refund_id uuid not null references payment_refund (id)
);
create index payment_refund_line_refund on payment_refund_line (refund_id);

-- No more goes back than came in. The payment's row is locked, so that two refunds cannot pass each other.
create function refuse_refund_beyond_payment() returns trigger language plpgsql as $$
declare
  came integer;
begin
  select coalesce(settled_yen, amount_yen) into came from payment where id = new.payment_id for update;
  if (select sum(amount_yen) from payment_refund where payment_id = new.payment_id) > came then
    raise exception 'refunds of payment % exceed what was paid', new.payment_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger payment_refund_within_payment after insert or update of amount_yen on payment_refund
  for each row execute function refuse_refund_beyond_payment();

alter table ledger_posting add column reference text not null default '';
alter table ledger_posting drop constraint ledger_posting_payment_id_kind_key;
create unique index ledger_posting_once on ledger_posting (payment_id, kind, reference);
alter table ledger_posting drop constraint ledger_posting_kind_check;
alter table ledger_posting add constraint ledger_posting_kind_check check (kind in (
  'charge', 'settlement', 'late-settlement', 'acceptance', 'return', 'refund', 'refund-by-hand',
  'payout', 'payout-refund', 'fee'
)) not valid;
alter table ledger_entry drop constraint ledger_entry_account_check;
alter table ledger_entry add constraint ledger_entry_account_check check (account in (
  'receivable', 'clearing', 'fees', 'refunds_payable', 'revenue', 'bank'
)) not valid;

-- A settlement of the company whose items are in the ledger, and the nightly reports.
create table payment_settlement (
  provider text not null,
  settlement_id text not null,
  paid_out_at timestamptz not null,
  amount_yen bigint not null,
  unknown_yen bigint not null default 0,
  booked_at timestamptz not null,
  primary key (provider, settlement_id)
);
create table reconciliation_report (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  report jsonb not null
);
