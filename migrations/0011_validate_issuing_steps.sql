-- What 0010 added without looking at the rows that were there.

alter table order_line validate constraint order_line_state_check;
alter table order_line validate constraint order_line_proposed_check;
alter table order_line validate constraint order_line_reasons_check;
alter table issued_certificate validate constraint issued_certificate_state_check;
alter table issued_certificate validate constraint issued_certificate_made_check;
alter table print_document validate constraint print_document_state_check;

-- What the sweep of orders that stand still looks for: few rows at any time.
-- squawk-ignore require-concurrent-index-creation
create index certificate_order_under_way on certificate_order (submitted_at) where state in ('paid', 'preparing');
-- squawk-ignore require-concurrent-index-creation
create index order_line_under_way on order_line (state_since)
  where state in ('ordered', 'cleared') and state_since is not null;
