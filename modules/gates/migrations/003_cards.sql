-- Printed cards and paper slips. A card names its holder (`person`) and proves nothing: `asked` is when an officer asked
-- the holder, who had been there, and made a visit of it. A slip keyed in by the keeper has no guard (0).
-- A check cannot be changed on both engines: the table is made anew.
CREATE TABLE gates_entry_new (
  id bigint NOT NULL,
  place bigint NOT NULL,
  zone bigint,
  guard bigint NOT NULL,
  entered bigint NOT NULL,
  until bigint NOT NULL,
  how text NOT NULL CHECK (how IN ('ownCode', 'idCard', 'nationalQr', 'insuranceCard', 'passport', 'travelCard', 'phone', 'group', 'card', 'slip')),
  visit bigint,
  heads bigint NOT NULL CHECK (heads >= 0),
  claim bytea,
  recorded bigint NOT NULL,
  person bigint,
  asked bigint,
  PRIMARY KEY (id, place),
  CHECK ((visit IS NULL) = (how <> 'ownCode')),
  CHECK ((claim IS NULL) = (how IN ('ownCode', 'group', 'card'))),
  CHECK ((person IS NULL) = (how <> 'card')),
  CHECK (asked IS NULL OR how = 'card')
);
INSERT INTO gates_entry_new (id, place, zone, guard, entered, until, how, visit, heads, claim, recorded)
SELECT id, place, zone, guard, entered, until, how, visit, heads, claim, recorded
FROM gates_entry;
DROP TABLE gates_entry;
ALTER TABLE gates_entry_new RENAME TO gates_entry;
CREATE INDEX gates_entry_place ON gates_entry (place, entered);
CREATE INDEX gates_entry_entered ON gates_entry (entered);
CREATE INDEX gates_entry_person ON gates_entry (person, entered) WHERE person IS NOT NULL;
