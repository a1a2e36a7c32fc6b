-- What stays with an order beside its lines: the recipient's reference, and the name on its receipt, set at most once.

alter table certificate_order
  add column reference text not null default '' check (length(reference) <= 60),
  add column receipt_addressee text check (length(receipt_addressee) between 1 and 60);
