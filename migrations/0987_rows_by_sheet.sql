-- How many rows stand on each sheet of a copy, as it was laid out when it was ordered; null for older orders.
alter table order_line add column rows_by_sheet integer[];
