-- Whether anything is left of what an order said of people; what is still to be erased is found without reading the rest.
alter table certificate_order add column erased boolean not null default false;
-- squawk-ignore require-concurrent-index-creation
create index certificate_order_to_erase on certificate_order (submitted_at) where not erased;

-- Of a ticket that is erased nothing is sealed.
-- squawk-ignore require-concurrent-index-creation
create index print_job_to_erase on print_job (finished_at) where secrets <> ''::bytea;
