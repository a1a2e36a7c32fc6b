-- What was asked of the campus (a second factor, whose step-up) and what it answered, beside the sign-in itself.

alter table sign_in_transaction add column authn_contexts text[] not null default '{}';
alter table sign_in_transaction add column step_up_account_id uuid;
alter table session add column authn_context text not null default '';
