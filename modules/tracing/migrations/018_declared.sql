-- Contacts that somebody told of: in an interview, by a list, to an officer. `detail` (where in words, how they know each other) is sealed; what
-- was withdrawn stays. `milestone`: of an interview, which then says what stands. Times of a whole day are its bounds, as far as it was over.
CREATE TABLE tracing_declared (
  id bigint PRIMARY KEY,
  case_id bigint NOT NULL,
  with_person bigint NOT NULL,
  disease text NOT NULL,
  person bigint NOT NULL,
  started bigint NOT NULL,
  ended bigint NOT NULL,
  whole_day boolean NOT NULL,
  how text NOT NULL CHECK (how IN ('interview', 'list', 'officer')),
  milestone bigint,
  detail bytea NOT NULL,
  declared_at bigint NOT NULL,
  by_name text NOT NULL,
  withdrawn_at bigint,
  version bigint NOT NULL,
  CHECK (started < ended),
  UNIQUE (milestone, person)
);
CREATE INDEX tracing_declared_case ON tracing_declared (case_id, id);
CREATE INDEX tracing_declared_person ON tracing_declared (person);
CREATE INDEX tracing_declared_with ON tracing_declared (with_person);
CREATE INDEX tracing_declared_disease ON tracing_declared (disease, ended);

-- Who wrote it, took it back, put it up again, and why: proof. `account` 0: an interview's milestone did. Reasons are sealed.
CREATE TABLE tracing_declared_step (
  id bigint PRIMARY KEY,
  declared bigint NOT NULL REFERENCES tracing_declared (id),
  at bigint NOT NULL,
  account bigint NOT NULL,
  by_name text NOT NULL,
  stands boolean NOT NULL,
  reason bytea
);
CREATE INDEX tracing_declared_step_declared ON tracing_declared_step (declared, id);

-- One more kind of evidence, which names what was declared.
CREATE TABLE tracing_evidence_declared (
  id bigint PRIMARY KEY,
  candidate bigint NOT NULL REFERENCES tracing_candidate (id),
  kind text NOT NULL CHECK (kind IN ('visit', 'encounter', 'household', 'vehicle', 'declared')),
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
  declared bigint,
  CHECK (kind = 'vehicle' OR (seat IS NULL AND seat_of_other IS NULL)),
  CHECK ((kind = 'declared') = (declared IS NOT NULL))
);
INSERT INTO tracing_evidence_declared (id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated, attenuation, risk,
                                       seat, seat_of_other)
SELECT id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated, attenuation, risk, seat, seat_of_other
FROM tracing_evidence;
DROP TABLE tracing_evidence;
ALTER TABLE tracing_evidence_declared RENAME TO tracing_evidence;
CREATE INDEX tracing_evidence_candidate ON tracing_evidence (candidate, risk);
CREATE INDEX tracing_evidence_place ON tracing_evidence (place, started);
