-- xid is the writing transaction's xid8, kept as bigint so that it can be read and compared like any other number.
CREATE TABLE store_event (
  epoch bigint NOT NULL,
  xid bigint NOT NULL DEFAULT CAST(CAST(pg_current_xact_id() AS text) AS bigint),
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY (CACHE 64),
  type text NOT NULL,
  subject bigint NOT NULL,
  at bigint NOT NULL,
  version bigint NOT NULL,
  unit bigint NOT NULL,
  written bigint NOT NULL,
  PRIMARY KEY (epoch, xid, seq)
);

CREATE TABLE store_idempotency (
  scope bytea PRIMARY KEY CHECK (length(scope) = 16),
  body bytea NOT NULL CHECK (length(body) = 16),
  answer text NOT NULL,
  written bigint NOT NULL
);

-- Rows are appended in the order of time; a block range index is all that retention needs.
CREATE INDEX store_idempotency_written ON store_idempotency USING brin (written);
