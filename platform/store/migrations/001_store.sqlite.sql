-- AUTOINCREMENT: a position must not come again after retention has deleted the newest rows.
CREATE TABLE store_event (
  seq integer PRIMARY KEY AUTOINCREMENT,
  epoch bigint NOT NULL,
  xid bigint NOT NULL DEFAULT 0,
  type text NOT NULL,
  subject bigint NOT NULL,
  at bigint NOT NULL,
  version bigint NOT NULL,
  unit bigint NOT NULL,
  written bigint NOT NULL
);

-- seq is the rowid: rows lie in the order of time, so retention deletes from one end, and only the small index is hit at random.
CREATE TABLE store_idempotency (
  seq integer PRIMARY KEY,
  scope bytea NOT NULL UNIQUE CHECK (length(scope) = 16),
  body bytea NOT NULL CHECK (length(body) = 16),
  answer text NOT NULL,
  written bigint NOT NULL
);
