-- Until when the receiving unit is to take notice; then the level above is called. Levels as in referrals: 0 station, 1 health centre,
-- 2 province. What was decided before has no deadline.
ALTER TABLE arrivals_arrival ADD COLUMN within_minutes bigint NOT NULL DEFAULT 0;
ALTER TABLE arrivals_arrival ADD COLUMN due_at bigint;
ALTER TABLE arrivals_arrival ADD COLUMN base bigint NOT NULL DEFAULT 0;
ALTER TABLE arrivals_arrival ADD COLUMN level bigint NOT NULL DEFAULT 2;
CREATE INDEX arrivals_arrival_due ON arrivals_arrival (due_at) WHERE acknowledged IS NULL AND level < 2;
