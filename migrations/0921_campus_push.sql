-- Copies pushed to a campus printer, which keeps them until their owner types the PIN at the machine.

create table campus_push (
  claim_id uuid primary key references print_claim (id),
  machine text not null,
  -- What the machine's panel lists; says nothing of the person or the certificate.
  name text not null,
  release_until timestamptz not null,
  taken_back_at timestamptz,
  -- What keeps the machine from printing, as last seen.
  trouble text check (trouble in ('busy', 'unreachable', 'refused', 'stopped'))
);

create table campus_push_copy (
  claim_id uuid not null references campus_push (claim_id),
  position integer not null check (position > 0),
  -- `submitted` is committed before the printer is called: after a crash it is asked what it got.
  state text not null default 'ready' check (state in ('ready', 'submitted', 'sent', 'ended')),
  printer_job integer,
  result text check (result in ('completed', 'partial', 'failed')),
  primary key (claim_id, position),
  check ((state = 'ended') = (result is not null)),
  check (state <> 'sent' or printer_job is not null)
);
