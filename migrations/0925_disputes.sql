-- Money that a payer's bank took back (a chargeback), while it is argued about and once it is decided.

create table payment_dispute (
  id uuid primary key default gen_random_uuid(),
  payment_id uuid not null references payment (id),
  company_dispute_id text not null,
  amount_yen integer not null check (amount_yen > 0),
  state text not null check (state in ('open', 'won', 'lost')),
  answer_until timestamptz,
  opened_at timestamptz not null,
  closed_at timestamptz,
  unique (payment_id, company_dispute_id),
  check ((state = 'open') = (closed_at is null))
);
create index payment_dispute_open on payment_dispute (payment_id) where state = 'open';

alter table ledger_posting drop constraint ledger_posting_kind_check;
alter table ledger_posting add constraint ledger_posting_kind_check check (kind in (
  'charge', 'settlement', 'late-settlement', 'acceptance', 'return', 'refund', 'refund-by-hand',
  'payout', 'payout-refund', 'fee', 'dispute', 'dispute-won', 'dispute-lost'
)) not valid;
alter table ledger_entry drop constraint ledger_entry_account_check;
alter table ledger_entry add constraint ledger_entry_account_check check (account in (
  'receivable', 'clearing', 'fees', 'refunds_payable', 'revenue', 'bank', 'disputed', 'losses'
)) not valid;
