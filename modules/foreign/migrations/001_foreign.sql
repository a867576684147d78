-- One file of another system: what it is called, on which document it stands, who sent it, and what became of it. `file` is a keyed hash.
CREATE TABLE foreign_batch (
  id bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('visits', 'declarations')),
  system text NOT NULL CHECK (system IN ('tokhaiyte', 'pcCovid', 'vneid', 'ncovi', 'province')),
  unit bigint NOT NULL,
  basis text NOT NULL,
  file bytea NOT NULL,
  sent_by bigint NOT NULL,
  at bigint NOT NULL,
  taken bigint NOT NULL,
  known bigint NOT NULL,
  claims bigint NOT NULL,
  refused bigint NOT NULL,
  unplaced bigint NOT NULL,
  undone_at bigint,
  undone_by bigint,
  reason bytea,
  taken_back bigint
);
CREATE INDEX foreign_batch_file ON foreign_batch (file);
CREATE INDEX foreign_batch_at ON foreign_batch (at);

-- A line that was taken, so that it is taken once: `key` is a keyed hash of what tells it from others. `claim` is the sealed line while nobody
-- is known to whom it belongs; `declaration` is what it became. `until` is the end of what it tells of: kept as long as a visit.
CREATE TABLE foreign_line (
  key bytea PRIMARY KEY,
  batch bigint NOT NULL,
  line bigint NOT NULL,
  until bigint NOT NULL,
  declaration bigint,
  claim bytea
);
CREATE INDEX foreign_line_batch ON foreign_line (batch, line);
CREATE INDEX foreign_line_until ON foreign_line (until);

-- Proof of deletion by age.
CREATE TABLE foreign_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
