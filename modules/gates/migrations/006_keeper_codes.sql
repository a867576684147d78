-- A one-time code that the keeper gives a guard by word of mouth while messages do not come. Only a keyed hash is kept. A shift begun
-- with it opens the gate of this place alone: who keeps one place must not come on duty at another by naming its guard's phone.
CREATE TABLE gates_code (
  guard bigint PRIMARY KEY,
  hash bytea NOT NULL,
  expires bigint NOT NULL,
  tries bigint NOT NULL
);
CREATE INDEX gates_code_expires ON gates_code (expires);
ALTER TABLE gates_shift ADD COLUMN place bigint;
