-- The last instant at which an order may be paid however the deadline is extended: no deadline crosses the year-end stop
-- of one of its types. Null: none of them has a stop.
alter table certificate_order add column payment_latest timestamptz;
