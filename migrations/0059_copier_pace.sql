-- Guessing is slowed for a whole network, which needs its recent misses, and an alarm is raised about it now and then.
-- squawk-ignore require-concurrent-index-creation
create index copier_miss_network on copier_miss (network, at);
create table copier_alarm (
  network text primary key,
  raised_at timestamptz not null
);
