-- How many documents a claim handed out: what its outcome does not name may be on paper. Null in claims made before.
alter table print_claim add column documents integer;
