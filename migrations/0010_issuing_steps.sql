-- Every line of an order is checked again before it is sealed, and issuing is a row of committed steps.

alter table order_line
  add column state text not null default 'ordered',
  -- Why a line is held or not issued: codes, which the texts translate.
  add column state_reasons text[] not null default '{}',
  add column state_since timestamptz,
  -- The register's facts that the student is asked to confirm, while the line is held.
  add column proposed_snapshot jsonb,
  add column enrolment_status text;
update order_line set state = 'made', state_since = submitted_at
  from certificate_order
  where certificate_order.id = order_line.order_id
    and certificate_order.state not in ('awaiting_payment', 'expired', 'paid_late', 'cancelled', 'paid', 'preparing');
alter table order_line
  add constraint order_line_state_check
    check (state in ('ordered', 'cleared', 'made', 'held', 'not_issued')) not valid,
  add constraint order_line_proposed_check
    check ((state = 'held') = (proposed_snapshot is not null)) not valid,
  add constraint order_line_reasons_check
    check ((state in ('held', 'not_issued')) = (cardinality(state_reasons) > 0)) not valid;

-- `intent_sha256`: of the bytes that the document key is about to sign.
alter table issued_certificate
  add column intent_sha256 text,
  drop constraint issued_certificate_state_check,
  drop constraint issued_certificate_check1;
alter table issued_certificate
  add constraint issued_certificate_state_check check (state in (
    'reserved', 'sealed', 'typeset', 'intended', 'signed', 'stored', 'made', 'destroyed'
  )) not valid,
  add constraint issued_certificate_made_check check (
    state not in ('made', 'destroyed') or (pages is not null and sha256 is not null and check_code is not null)
  ) not valid;

-- One switch for every process: while the row says so, nothing is issued.
create table issuance_halt (
  one boolean primary key default true check (one),
  halted boolean not null,
  since timestamptz not null,
  by text not null,
  reason text not null
);

-- `spoiled`: the impression may be on paper and is void before the next is sealed. `renewing`: the next is being made.
alter table print_document drop constraint print_document_state_check;
alter table print_document add constraint print_document_state_check
  check (state in ('waiting', 'spoiled', 'renewing', 'completed', 'withdrawn')) not valid;
alter table print_job add column reprinted_at timestamptz;
