-- Two more kinds of evidence: one household, and one vehicle's passenger list, of which the seats are noted. A check cannot be changed on both
-- engines: the table is made anew.
CREATE TABLE tracing_evidence_new (
  id bigint PRIMARY KEY,
  candidate bigint NOT NULL REFERENCES tracing_candidate (id),
  kind text NOT NULL CHECK (kind IN ('visit', 'encounter', 'household', 'vehicle')),
  with_person bigint NOT NULL,
  with_level bigint NOT NULL,
  place bigint NOT NULL,
  zone bigint NOT NULL,
  started bigint NOT NULL,
  ended bigint NOT NULL CHECK (ended > started),
  estimated boolean NOT NULL,
  attenuation bigint,
  risk bigint NOT NULL,
  seat text,
  seat_of_other text,
  CHECK (kind = 'vehicle' OR (seat IS NULL AND seat_of_other IS NULL))
);
INSERT INTO tracing_evidence_new (id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated, attenuation, risk)
SELECT id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated, attenuation, risk
FROM tracing_evidence;
DROP TABLE tracing_evidence;
ALTER TABLE tracing_evidence_new RENAME TO tracing_evidence;
CREATE INDEX tracing_evidence_candidate ON tracing_evidence (candidate, risk);
CREATE INDEX tracing_evidence_place ON tracing_evidence (place, started);
