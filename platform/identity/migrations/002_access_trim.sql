-- What retention has taken off the old end of each chain of the access log, with the hash from which the rest goes on: the proof of the
-- deletion, and the chain's new beginning. Rows are inserted, never changed; access_retention.h tells how they are protected.
CREATE TABLE identity_access_trim (
  chain bigint NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  ran bigint NOT NULL,
  rule text NOT NULL,
  older_than bigint NOT NULL,
  deleted bigint NOT NULL,
  mac text NOT NULL,
  PRIMARY KEY (chain, seq)
);
