-- In a transaction of its own, so that no table is locked while its rows are looked through.
alter table payment validate constraint payment_method_check;
alter table payment_refund validate constraint payment_refund_state_check;
alter table payment_refund validate constraint payment_refund_reason_check;
alter table payment_refund validate constraint payment_refund_done_check;
alter table payment_refund validate constraint payment_refund_two_people_check;
alter table ledger_posting validate constraint ledger_posting_kind_check;
alter table ledger_entry validate constraint ledger_entry_account_check;
