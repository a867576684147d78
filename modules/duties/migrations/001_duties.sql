-- Rosters hold ids alone: who somebody is stays with the people room. Times are UTC seconds.
-- A roster is kept by whoever keeps its place; without a place, by the officer who opened it. `code`: with which members join.
CREATE TABLE duties_roster (
  id bigint PRIMARY KEY,
  place bigint,
  unit bigint NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  sector text NOT NULL CHECK (sector IN ('health', 'industry', 'education', 'residence', 'other')),
  keeper bigint NOT NULL,
  code text NOT NULL UNIQUE,
  opened bigint NOT NULL,
  closed bigint
);
CREATE INDEX duties_roster_keeper ON duties_roster (keeper, id);
CREATE INDEX duties_roster_unit ON duties_roster (unit, id);
CREATE UNIQUE INDEX duties_roster_place ON duties_roster (place, sector) WHERE place IS NOT NULL AND closed IS NULL;

-- Who agreed to be on it, and when. Leaving deletes the row.
CREATE TABLE duties_member (
  roster bigint NOT NULL REFERENCES duties_roster (id),
  person bigint NOT NULL,
  joined bigint NOT NULL,
  PRIMARY KEY (roster, person)
);
CREATE INDEX duties_member_person ON duties_member (person);

-- A phone that was typed, as a keyed hash: nobody is counted or shown by it until its holder accepts. A declined one stays until it expires, so that
-- who asked does not learn it.
CREATE TABLE duties_invitation (
  id bigint PRIMARY KEY,
  roster bigint NOT NULL REFERENCES duties_roster (id),
  phone_index bytea NOT NULL,
  invited bigint NOT NULL,
  expires bigint NOT NULL,
  declined boolean NOT NULL,
  UNIQUE (roster, phone_index)
);
CREATE INDEX duties_invitation_phone ON duties_invitation (phone_index);
CREATE INDEX duties_invitation_expires ON duties_invitation (expires);

-- That somebody was reminded on a local day (days since 1970), by whichever roster.
CREATE TABLE duties_reminder (
  person bigint NOT NULL,
  day bigint NOT NULL,
  PRIMARY KEY (person, day)
);
CREATE INDEX duties_reminder_day ON duties_reminder (day);

-- Proof of deletion.
CREATE TABLE duties_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);

-- Published: for counting.
CREATE VIEW duties_pub_member AS
SELECT r.id AS roster, r.unit AS unit, r.sector AS sector
FROM duties_member m
JOIN duties_roster r ON r.id = m.roster
WHERE r.closed IS NULL;
