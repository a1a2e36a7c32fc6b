-- A name that no font prints is settled by a person before anything is paid.

alter table certificate_order drop constraint certificate_order_state_check;
alter table certificate_order add constraint certificate_order_state_check check (state in (
  'awaiting_names', 'awaiting_payment', 'expired', 'paid_late', 'cancelled', 'paid', 'preparing', 'held', 'ready',
  'printing', 'partly_printed', 'outcome_unknown', 'printed', 'printed_unconfirmed', 'lapsed',
  'refund_ready', 'refund_submitted', 'refunded',
  'to_print', 'to_ship', 'shipped', 'delivered', 'ready_for_pickup', 'handed_over',
  'to_send', 'sent', 'opened', 'downloaded', 'link_expired', 'recalled'
)) not valid;
-- Until when the office decides; null for orders whose names could be printed.
alter table certificate_order add column names_deadline timestamptz;

alter table order_line drop constraint order_line_state_check, drop constraint order_line_reasons_check;
alter table order_line
  add constraint order_line_state_check
    check (state in ('unprintable', 'ordered', 'cleared', 'made', 'held', 'not_issued')) not valid,
  -- Of an unprintable line the reasons are the characters.
  add constraint order_line_reasons_check
    check ((state in ('unprintable', 'held', 'not_issued')) = (cardinality(state_reasons) > 0)) not valid;
