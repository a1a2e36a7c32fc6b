-- What became of a mail after it was queued, and of the address it went to.

alter table mail_outbox
  -- When the relay is asked next; a sweep takes up what a dead worker left behind.
  add column next_try_at timestamptz,
  -- RFC 3463 status of a final refusal, from the relay's reply or from a delivery report.
  add column refused_status text,
  -- When a delivery report came back for a mail the relay had accepted.
  add column bounced_at timestamptz;
-- Both indexes are made in the migration's transaction; the tables are small when this runs.
-- squawk-ignore require-concurrent-index-creation
create index mail_outbox_waiting on mail_outbox (next_try_at) where state = 'queued';

alter table account
  -- Since when mail to the address in force comes back; a newly confirmed address clears it.
  add column mail_bounced_at timestamptz,
  add column mail_bounce_status text,
  -- Until when somebody near graduation asked not to be asked again for a private address.
  add column private_address_asked_until timestamptz;
-- squawk-ignore require-concurrent-index-creation
create index account_mail_address on account (mail_address);

alter table mail_address_request
  -- Why it can no longer be used, so that the pages can say it.
  add column voided_by text check (voided_by in ('newer', 'tries', 'staff', 'undo', 'lost-binding'));
