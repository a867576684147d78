-- Which places one list named, so that their posters are printed together. Nobody's data but who sent it.
CREATE TABLE placelists_batch (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  sent_by bigint NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX placelists_batch_at ON placelists_batch (at);

CREATE TABLE placelists_line (
  batch bigint NOT NULL,
  line bigint NOT NULL,
  place bigint NOT NULL,
  PRIMARY KEY (batch, line)
);

-- Proof of deletion by age.
CREATE TABLE placelists_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
