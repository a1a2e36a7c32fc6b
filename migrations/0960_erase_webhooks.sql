-- What a company sent may name a payer: once it has been kept as long as orders are, its text is emptied. That the
-- event came, and when, stays, and nothing else of it can be changed.
create function refuse_change_of_webhook() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.body = '' and to_jsonb(new) - 'body' = to_jsonb(old) - 'body' then
    return new;
  end if;
  raise exception 'payment_webhook is append-only';
end
$$;
drop trigger payment_webhook_append_only on payment_webhook;
create trigger payment_webhook_append_only before update or delete on payment_webhook
  for each row execute function refuse_change_of_webhook();
