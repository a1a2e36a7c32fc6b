-- In a transaction of its own, so that orders can be read meanwhile.
alter table certificate_order validate constraint certificate_order_state_check;
alter table order_line validate constraint order_line_state_check;
alter table order_line validate constraint order_line_reasons_check;
