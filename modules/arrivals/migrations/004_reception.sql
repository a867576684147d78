-- What the receiving unit found: every attempt is kept, notes are sealed. `received`: since when nothing is left to do.
ALTER TABLE arrivals_arrival ADD COLUMN received bigint;
CREATE TABLE arrivals_reception (
  id bigint PRIMARY KEY,
  arrival bigint NOT NULL,
  at bigint NOT NULL,
  recorded_by bigint NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('reached', 'noAnswer', 'wrongNumber', 'moved', 'refused', 'notNeeded')),
  note bytea
);
CREATE INDEX arrivals_reception_arrival ON arrivals_reception (arrival, id);
