-- What visitors declared on a device of the gate. Of whom we know by our own code it is in declarations, and only that it was made is here;
-- of anybody else, answers (`content`) and who they say they are (`claim`) are sealed. A printed card names its holder and proves nothing.
CREATE TABLE gates_declaration (
  id bigint NOT NULL,
  place bigint NOT NULL,
  guard bigint NOT NULL,
  declared bigint NOT NULL,
  known text NOT NULL CHECK (known IN ('ownCode', 'card', 'paper', 'typed')),
  hand text NOT NULL CHECK (hand IN ('kiosk', 'guard')),
  form text NOT NULL,
  form_version text NOT NULL,
  declaration bigint,
  colour text CHECK (colour IN ('green', 'yellow', 'red')),
  content bytea,
  claim bytea,
  person bigint,
  recorded bigint NOT NULL,
  PRIMARY KEY (id, place),
  CHECK ((declaration IS NULL) = (known <> 'ownCode')),
  CHECK ((content IS NULL) = (known = 'ownCode')),
  CHECK ((colour IS NULL) = (known = 'ownCode')),
  CHECK ((claim IS NULL) = (known IN ('ownCode', 'card'))),
  CHECK ((person IS NULL) = (known <> 'card'))
);
CREATE INDEX gates_declaration_place ON gates_declaration (place, declared);
CREATE INDEX gates_declaration_declared ON gates_declaration (declared);
ALTER TABLE gates_retention ADD COLUMN declarations bigint NOT NULL DEFAULT 0;
