-- Runs of a vehicle, as its keeper told them: a check-in belongs to the vehicle, so without them those of one run would meet those of the
-- next. `boards`: from when on a scan belongs to the run. The plate is sealed. Times are UTC seconds.
CREATE TABLE passengers_run (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  plate bytea,
  leaves_from bigint NOT NULL,
  towards bigint NOT NULL,
  boards bigint NOT NULL,
  departs bigint NOT NULL,
  ends bigint,
  recorded bigint NOT NULL,
  recorded_by bigint NOT NULL,
  CHECK (boards <= departs),
  CHECK (ends IS NULL OR ends > departs)
);
CREATE INDEX passengers_run_place ON passengers_run (place, departs);
CREATE UNIQUE INDEX passengers_run_under_way ON passengers_run (place) WHERE ends IS NULL;
CREATE INDEX passengers_run_departs ON passengers_run (departs);
CREATE INDEX passengers_run_ends ON passengers_run (ends);
