-- Times are UTC seconds. `expected` is the end that the usual stay gives, fixed at check-in; `departed` is what holds now.
-- The keys contain the place, by which the table is distributed when one machine is outgrown.
CREATE TABLE visits_visit (
  id bigint NOT NULL,
  place bigint NOT NULL,
  zone bigint,
  person bigint NOT NULL,
  entered bigint NOT NULL,
  departed bigint NOT NULL,
  expected bigint NOT NULL,
  estimated boolean NOT NULL,
  capacity text NOT NULL CHECK (capacity IN ('staff', 'patient', 'carer', 'visitor', 'customer', 'passenger', 'other')),
  source text NOT NULL CHECK (source IN ('scan', 'typed', 'keeper', 'import')),
  flags bigint NOT NULL,
  recorded bigint NOT NULL,
  unit bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (id, place),
  CHECK (entered < departed AND entered < expected)
);
CREATE INDEX visits_visit_person ON visits_visit (person, entered);
CREATE INDEX visits_visit_place ON visits_visit (place, entered);
-- The few that last longer than a day: tracing finds the others by an entry at most a day before.
CREATE INDEX visits_visit_long ON visits_visit (place, entered) WHERE departed - entered > 86400;

-- What imports have brought, so that a file twice changes nothing. `departed` as in the visit: kept as long.
CREATE TABLE visits_external (
  source text NOT NULL,
  external text NOT NULL,
  departed bigint NOT NULL,
  PRIMARY KEY (source, external)
);
CREATE INDEX visits_external_departed ON visits_external (departed);

-- Proof of deletion by age: which rule, from which time on, how many, at which places (ids from-to).
CREATE TABLE visits_retention (
  id bigint PRIMARY KEY,
  at bigint NOT NULL,
  rule text NOT NULL,
  departed_before bigint NOT NULL,
  first_place bigint NOT NULL,
  last_place bigint NOT NULL,
  visits bigint NOT NULL,
  externals bigint NOT NULL
);

-- Published.
CREATE VIEW visits_pub_visit AS
SELECT id, person, place, zone, entered, departed, estimated
FROM visits_visit;
