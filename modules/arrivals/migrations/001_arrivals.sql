-- What was decided about travellers at places of entry. Notes are sealed. Times are UTC seconds.
CREATE TABLE arrivals_arrival (
  id bigint PRIMARY KEY,
  person bigint NOT NULL,
  place bigint NOT NULL,
  unit bigint NOT NULL,
  towards bigint NOT NULL,
  decided bigint NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('pass', 'examine', 'quarantine')),
  declaration bigint,
  vehicle bigint,
  departure bigint,
  note bytea,
  decided_by bigint NOT NULL,
  acknowledged bigint,
  acknowledged_by bigint,
  CHECK ((vehicle IS NULL) = (departure IS NULL)),
  CHECK ((acknowledged IS NULL) = (acknowledged_by IS NULL))
);
CREATE INDEX arrivals_arrival_decided ON arrivals_arrival (decided);
CREATE INDEX arrivals_arrival_vehicle ON arrivals_arrival (vehicle, departure);

CREATE TABLE arrivals_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  decided_before bigint NOT NULL,
  deleted bigint NOT NULL
);
