-- What a signature verifies under stays what it was.
create trigger signing_key_is_fixed before update of key_id, purpose, public_key on signing_key
  for each row execute function refuse_change();
