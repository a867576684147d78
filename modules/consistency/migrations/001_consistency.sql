-- A difference between a declaration and what others recorded: a question to the person. Evidence, explanation and notes are sealed.
CREATE TABLE consistency_difference (
  id bigint PRIMARY KEY,
  declaration bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('travelled', 'away')),
  person bigint NOT NULL,
  unit bigint NOT NULL,
  declared_at bigint NOT NULL,
  found bigint NOT NULL,
  evidence bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'explained', 'decided', 'gone')),
  explanation bytea,
  explained bigint,
  decision text CHECK (decision IN ('explained', 'corrected', 'referred')),
  note bytea,
  decided bigint,
  decided_by bigint,
  decided_name text,
  version bigint NOT NULL,
  UNIQUE (declaration, kind)
);
CREATE INDEX consistency_difference_list ON consistency_difference (unit, state, id);
CREATE INDEX consistency_difference_state ON consistency_difference (state, id);
CREATE INDEX consistency_difference_person ON consistency_difference (person, id);

CREATE TABLE consistency_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  found_before bigint NOT NULL,
  deleted bigint NOT NULL
);
