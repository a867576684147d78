-- Printed cards. A serial number is drawn at random and says nothing; `last_day` counts local days since 1970-01-01.
-- `ended`: reported lost, or replaced.
CREATE TABLE cards_card (
  id bigint PRIMARY KEY,
  serial bigint NOT NULL UNIQUE,
  person bigint NOT NULL,
  named boolean NOT NULL,
  made bigint NOT NULL,
  made_by bigint NOT NULL,
  last_day bigint NOT NULL,
  ended bigint,
  ended_by bigint,
  CHECK ((ended IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX cards_card_valid ON cards_card (person) WHERE ended IS NULL;
CREATE INDEX cards_card_person ON cards_card (person, id);
CREATE INDEX cards_card_last_day ON cards_card (last_day);
CREATE INDEX cards_card_ended ON cards_card (ended) WHERE ended IS NOT NULL;

-- Paper slips printed for a place: numbers [first, first + slips), for a local day.
CREATE TABLE cards_sheet (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  day bigint NOT NULL,
  first bigint NOT NULL,
  slips bigint NOT NULL CHECK (slips > 0),
  made bigint NOT NULL,
  made_by bigint NOT NULL
);
CREATE UNIQUE INDEX cards_sheet_first ON cards_sheet (place, first);
CREATE INDEX cards_sheet_made ON cards_sheet (made);

-- The number after the last one of a place: also when its sheets are deleted, no number is printed twice soon.
CREATE TABLE cards_counter (
  place bigint PRIMARY KEY,
  next bigint NOT NULL
);

-- Slips that were keyed in; what stands on them is a gate's entry. `content` is a keyed hash: says whether a second
-- keying says the same.
CREATE TABLE cards_slip (
  place bigint NOT NULL,
  number bigint NOT NULL,
  entry bigint NOT NULL,
  content bytea NOT NULL,
  recorded bigint NOT NULL,
  recorded_by bigint NOT NULL,
  PRIMARY KEY (place, number)
);
CREATE INDEX cards_slip_recorded ON cards_slip (recorded);

-- Proof of deletion by age.
CREATE TABLE cards_retention (
  id bigint PRIMARY KEY,
  at bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  cards bigint NOT NULL,
  sheets bigint NOT NULL,
  slips bigint NOT NULL
);
