-- Who goes out at a gate, and ambulances. `departed`: a guard saw them leave, at `until`; before that `until` is the usual stay, for
-- counting. `mark`: a keyed hash of the place and of what was shown, by which an entry and a departure are found to be one;
-- it says nothing elsewhere. Entries of before have none. `declared`: when it was said who was in an ambulance.
-- A check cannot be changed on both engines: the table is made anew.
CREATE TABLE gates_entry_new (
  id bigint NOT NULL,
  place bigint NOT NULL,
  zone bigint,
  guard bigint NOT NULL,
  entered bigint NOT NULL,
  until bigint NOT NULL,
  how text NOT NULL CHECK (how IN ('ownCode', 'idCard', 'nationalQr', 'insuranceCard', 'passport', 'travelCard', 'phone', 'group', 'card', 'slip', 'ambulance')),
  visit bigint,
  heads bigint NOT NULL CHECK (heads >= 0),
  claim bytea,
  recorded bigint NOT NULL,
  person bigint,
  asked bigint,
  mark bytea,
  departed bigint,
  declared bigint,
  PRIMARY KEY (id, place),
  CHECK ((visit IS NULL) = (how <> 'ownCode')),
  CHECK (how = 'ambulance' OR (claim IS NULL) = (how IN ('ownCode', 'group', 'card'))),
  CHECK ((person IS NULL) = (how <> 'card')),
  CHECK (asked IS NULL OR how = 'card'),
  CHECK (departed IS NULL OR until = departed),
  CHECK (declared IS NULL OR how = 'ambulance')
);
INSERT INTO gates_entry_new (id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked)
SELECT id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked
FROM gates_entry;
DROP TABLE gates_entry;
ALTER TABLE gates_entry_new RENAME TO gates_entry;
CREATE INDEX gates_entry_place ON gates_entry (place, entered);
CREATE INDEX gates_entry_entered ON gates_entry (entered);
CREATE INDEX gates_entry_person ON gates_entry (person, entered) WHERE person IS NOT NULL;
CREATE INDEX gates_entry_mark ON gates_entry (place, mark, entered) WHERE departed IS NULL;
CREATE INDEX gates_entry_undeclared ON gates_entry (place, entered) WHERE how = 'ambulance' AND declared IS NULL;

-- Who went out before we heard that they had come in: devices work without a network, and their messages cross. Gone when the
-- entry comes. `heads`: people still to be found; somebody with a code or paper is one, whoever came along.
CREATE TABLE gates_departure (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  zone bigint,
  guard bigint NOT NULL,
  departed bigint NOT NULL,
  mark bytea NOT NULL,
  heads bigint NOT NULL CHECK (heads > 0),
  recorded bigint NOT NULL
);
CREATE INDEX gates_departure_mark ON gates_departure (place, mark, departed);
CREATE INDEX gates_departure_departed ON gates_departure (departed);
ALTER TABLE gates_retention ADD COLUMN departures bigint NOT NULL DEFAULT 0;
