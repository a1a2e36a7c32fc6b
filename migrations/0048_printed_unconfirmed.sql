-- A print deadline that passed without any word from the copier.

alter table certificate_order drop constraint certificate_order_state_check;
alter table certificate_order add constraint certificate_order_state_check check (state in (
  'awaiting_payment', 'expired', 'paid_late', 'cancelled', 'paid', 'preparing', 'held', 'ready', 'printing',
  'partly_printed', 'outcome_unknown', 'printed', 'printed_unconfirmed', 'lapsed',
  'refund_ready', 'refund_submitted', 'refunded',
  'to_print', 'to_ship', 'shipped', 'delivered', 'ready_for_pickup', 'handed_over',
  'to_send', 'sent', 'opened', 'downloaded', 'link_expired', 'recalled'
)) not valid;
