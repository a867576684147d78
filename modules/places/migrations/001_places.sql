-- Addresses and phones are sealed. `revision` is a fresh id at every change: the registry copy in memory reads what is newer than it knows.
CREATE TABLE places_place (
  id bigint PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL,
  unit bigint NOT NULL,
  address bytea,
  phone bytea,
  functions text NOT NULL,
  capacity bigint CHECK (capacity > 0),
  keeper bigint NOT NULL,
  status text NOT NULL CHECK (status IN ('registered', 'approved', 'closed')),
  issue bigint NOT NULL CHECK (issue BETWEEN 0 AND 255),
  registered bigint NOT NULL,
  approved bigint,
  approved_by bigint,
  closed bigint,
  revision bigint NOT NULL,
  version bigint NOT NULL,
  CHECK ((approved IS NULL) = (approved_by IS NULL)),
  CHECK ((closed IS NULL) = (status <> 'closed'))
);
CREATE INDEX places_place_keeper ON places_place (keeper, id);
CREATE INDEX places_place_unit ON places_place (unit, id);
CREATE INDEX places_place_revision ON places_place (revision);

CREATE TABLE places_zone (
  id bigint PRIMARY KEY,
  place bigint NOT NULL REFERENCES places_place (id),
  name text NOT NULL CHECK (name <> ''),
  created bigint NOT NULL,
  UNIQUE (place, name)
);

-- Short codes, never given twice: those of earlier issues stay, so that an old poster is told from a wrong code. Zone 0: the place itself.
CREATE TABLE places_code (
  code text PRIMARY KEY,
  place bigint NOT NULL REFERENCES places_place (id),
  zone bigint NOT NULL,
  issue bigint NOT NULL
);
CREATE INDEX places_code_place ON places_code (place);

-- The folded words of a name, for officers' search.
CREATE TABLE places_word (
  word text NOT NULL,
  place bigint NOT NULL REFERENCES places_place (id),
  PRIMARY KEY (word, place)
);
CREATE INDEX places_word_place ON places_word (place);

-- Waiting for the one-time code. Deleted when used or a day old.
CREATE TABLE places_registration (
  id bigint PRIMARY KEY,
  account bigint NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  unit bigint NOT NULL,
  address bytea NOT NULL,
  phone bytea NOT NULL,
  functions text NOT NULL,
  asked bigint NOT NULL
);
CREATE INDEX places_registration_asked ON places_registration (asked);

CREATE TABLE places_external (
  source text NOT NULL,
  external text NOT NULL,
  place bigint NOT NULL REFERENCES places_place (id),
  PRIMARY KEY (source, external)
);
CREATE INDEX places_external_place ON places_external (place);

-- Published.
CREATE VIEW places_pub_place AS
SELECT id, kind, unit
FROM places_place;
