-- Positive results that report nobody and are not offered: of an old sample, or of the days of a case that is over. One of a tube. `looked`: an officer has
-- weighed it; the reason is sealed.
CREATE TABLE laboratory_late (
  tube bigint PRIMARY KEY REFERENCES laboratory_tube (id),
  result bigint NOT NULL,
  unit bigint NOT NULL,
  since bigint NOT NULL,
  looked bigint,
  looked_by bigint,
  reason bytea
);
CREATE UNIQUE INDEX laboratory_late_result ON laboratory_late (result);
CREATE INDEX laboratory_late_open ON laboratory_late (unit, result) WHERE looked IS NULL;
