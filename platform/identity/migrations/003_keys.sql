-- Keys of programs of other institutions. `id` is the account that the key acts as, in nobody's table of accounts; the key itself is not kept.
CREATE TABLE identity_key (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  area bigint NOT NULL CHECK (area <> 0),
  made_by bigint NOT NULL,
  created bigint NOT NULL,
  expires bigint NOT NULL,
  last_used bigint,
  revoked bigint,
  CHECK (expires > created)
);
