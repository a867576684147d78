-- Line lists of cases: a file that was sent in, row by row. What the rows say is sealed and goes 90 days after the file came.
CREATE TABLE linelists_list (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  source text NOT NULL,
  file bytea NOT NULL,
  columns bytea NOT NULL,
  mapping text,
  state text NOT NULL CHECK (state IN ('received', 'running', 'done', 'undoing', 'undone')),
  total bigint NOT NULL,
  sent_by bigint NOT NULL,
  by_name text NOT NULL,
  at bigint NOT NULL,
  version bigint NOT NULL
);
CREATE INDEX linelists_list_unit ON linelists_list (unit, id);
CREATE INDEX linelists_list_state ON linelists_list (state, id);
CREATE INDEX linelists_list_at ON linelists_list (at);

-- `flaws` names columns and reasons, never what stands there.
CREATE TABLE linelists_row (
  list bigint NOT NULL REFERENCES linelists_list (id),
  line bigint NOT NULL,
  cells bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'taken', 'known', 'undecided', 'wrong', 'skipped', 'undone', 'kept')),
  flaws text NOT NULL,
  person bigint,
  made_person boolean NOT NULL,
  case_id bigint,
  case_version bigint,
  traced boolean NOT NULL,
  PRIMARY KEY (list, line)
);
CREATE INDEX linelists_row_state ON linelists_row (list, state, line);

-- Which column of such files means what, by a name that the unit's officers know.
CREATE TABLE linelists_mapping (
  unit bigint NOT NULL,
  name text NOT NULL,
  content text NOT NULL,
  by_name text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (unit, name)
);

-- Proof of deletion by age.
CREATE TABLE linelists_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
