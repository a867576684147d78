-- A fifth kind: the own words name a place of an outbreak. A check cannot be changed on both engines: the table is made anew.
CREATE TABLE consistency_difference_new (
  id bigint PRIMARY KEY,
  declaration bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('travelled', 'away', 'contact', 'journey', 'named')),
  person bigint NOT NULL,
  unit bigint NOT NULL,
  declared_at bigint NOT NULL,
  found bigint NOT NULL,
  evidence bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'explained', 'referred', 'decided', 'gone')),
  explanation bytea,
  explained bigint,
  decision text CHECK (decision IN ('explained', 'corrected', 'referred')),
  note bytea,
  decided bigint,
  decided_by bigint,
  decided_name text,
  version bigint NOT NULL,
  gone bigint,
  gone_why text CHECK (gone_why IN ('corrected', 'facts')),
  answered bigint,
  UNIQUE (declaration, kind)
);
INSERT INTO consistency_difference_new (id, declaration, kind, person, unit, declared_at, found, evidence, state, explanation,
  explained, decision, note, decided, decided_by, decided_name, version, gone, gone_why, answered)
SELECT id, declaration, kind, person, unit, declared_at, found, evidence, state, explanation,
  explained, decision, note, decided, decided_by, decided_name, version, gone, gone_why, answered
FROM consistency_difference;
DROP TABLE consistency_difference;
ALTER TABLE consistency_difference_new RENAME TO consistency_difference;
CREATE INDEX consistency_difference_list ON consistency_difference (unit, state, id);
CREATE INDEX consistency_difference_state ON consistency_difference (state, id);
CREATE INDEX consistency_difference_person ON consistency_difference (person, id);
CREATE INDEX consistency_difference_found ON consistency_difference (found);
