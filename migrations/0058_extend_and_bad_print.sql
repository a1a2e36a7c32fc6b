-- What the owner of an order may ask for after the first print: more time once, and new sheets for bad ones.
alter table print_job add column extended_at timestamptz;
alter table print_job add column bad_prints integer not null default 0;
