-- Found by the plans of every statement on a filled database (test/load/plans.test.ts).

-- What a person has ordered, where a type is limited by day and year.
-- squawk-ignore require-concurrent-index-creation
create index certificate_order_person on certificate_order (person_id, submitted_at);

-- What the sweep of refunds looks for every few minutes: few rows at any time.
-- squawk-ignore require-concurrent-index-creation
create index certificate_order_to_refund on certificate_order (id) where state in ('refund_ready', 'refund_submitted');
