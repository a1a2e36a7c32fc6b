-- When the sweep last asked a payment's company how it stands: cash at a store may wait for days, and need not be asked
-- about every two minutes.
alter table payment add column asked_at timestamptz;
