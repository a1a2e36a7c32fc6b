-- Before an impression is sealed its leaf stands in the transparency log; the seal is signed over that place.

alter table issued_certificate
  add column salt bytea,
  add column log_index bigint,
  -- The tlog-proof that is attached to the document.
  add column log_proof text;
alter table issued_certificate alter column salt set default uuid_send(gen_random_uuid());
update issued_certificate set salt = uuid_send(gen_random_uuid()) where salt is null;
alter table issued_certificate drop constraint issued_certificate_state_check;
alter table issued_certificate
  add constraint issued_certificate_state_check check (state in (
    'reserved', 'logged', 'sealed', 'typeset', 'intended', 'signed', 'stored', 'made', 'destroyed'
  )) not valid,
  add constraint issued_certificate_salt_check check (salt is not null and octet_length(salt) = 16) not valid,
  add constraint issued_certificate_log_check check ((log_index is null) = (log_proof is null)) not valid;
