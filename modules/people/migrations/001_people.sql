-- Addresses, paper numbers and phones are sealed; blind columns are keyed hashes for exact look-up.
CREATE TABLE people_person (
  id bigint PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  birth_date bigint,
  birth_year bigint NOT NULL CHECK (birth_year = 0 OR birth_year BETWEEN 1900 AND 9999),
  sex text NOT NULL CHECK (sex IN ('male', 'female', 'other')),
  nationality text NOT NULL,
  unit bigint NOT NULL,
  address bytea,
  created bigint NOT NULL,
  created_by bigint NOT NULL,
  version bigint NOT NULL
);

-- The folded words of a name, for search.
CREATE TABLE people_word (
  word text NOT NULL,
  birth_year bigint NOT NULL,
  person bigint NOT NULL REFERENCES people_person (id),
  PRIMARY KEY (word, birth_year, person)
);
CREATE INDEX people_word_person ON people_word (person);

CREATE TABLE people_paper (
  id bigint PRIMARY KEY,
  person bigint NOT NULL REFERENCES people_person (id),
  kind text NOT NULL CHECK (kind IN ('cccd', 'cmnd', 'passport', 'insurance')),
  blind bytea NOT NULL,
  sealed bytea NOT NULL,
  added bigint NOT NULL,
  UNIQUE (person, blind)
);
CREATE INDEX people_paper_blind ON people_paper (blind);

CREATE TABLE people_phone (
  id bigint PRIMARY KEY,
  person bigint NOT NULL REFERENCES people_person (id),
  blind bytea NOT NULL,
  sealed bytea NOT NULL,
  added bigint NOT NULL,
  UNIQUE (person, blind)
);
CREATE INDEX people_phone_blind ON people_phone (blind);

-- Households: the people of an account. Who leaves keeps the row, with the time.
CREATE TABLE people_member (
  account bigint NOT NULL,
  person bigint NOT NULL REFERENCES people_person (id),
  relation text NOT NULL CHECK (relation IN ('self', 'child', 'parent', 'spouse', 'sibling', 'other')),
  joined bigint NOT NULL,
  parted bigint,
  PRIMARY KEY (account, person)
);
CREATE UNIQUE INDEX people_member_self ON people_member (account) WHERE relation = 'self' AND parted IS NULL;
CREATE UNIQUE INDEX people_member_person ON people_member (person) WHERE parted IS NULL;

CREATE TABLE people_external (
  source text NOT NULL,
  external text NOT NULL,
  person bigint NOT NULL REFERENCES people_person (id),
  PRIMARY KEY (source, external)
);
CREATE INDEX people_external_person ON people_external (person);

-- Published. `account` is NULL for people in no household.
CREATE VIEW people_pub_person AS
SELECT p.id AS id, m.account AS account, p.unit AS unit
FROM people_person p
LEFT JOIN people_member m ON m.person = p.id AND m.parted IS NULL;

-- Published: also households that somebody has left.
CREATE VIEW people_pub_household AS
SELECT account, person, joined, parted
FROM people_member;
