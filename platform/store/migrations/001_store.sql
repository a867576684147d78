-- The event feed as a whole: its epoch, and the newest position that retention has deleted.
CREATE TABLE store_feed (
  one bigint PRIMARY KEY CHECK (one = 1),
  epoch bigint NOT NULL CHECK (epoch > 0),
  kept_epoch bigint NOT NULL,
  kept_xid bigint NOT NULL,
  kept_seq bigint NOT NULL
);

INSERT INTO store_feed (one, epoch, kept_epoch, kept_xid, kept_seq)
VALUES (1, 1, 0, 0, 0);

-- How far each follower has come. `touched` tells a follower that still runs from one that is gone.
CREATE TABLE store_position (
  name text PRIMARY KEY,
  epoch bigint NOT NULL,
  xid bigint NOT NULL,
  seq bigint NOT NULL,
  touched bigint NOT NULL
);

-- One of several processes does it: holder (16 bytes) until (seconds, the database's clock).
CREATE TABLE store_lease (
  name text PRIMARY KEY,
  holder bytea NOT NULL,
  until bigint NOT NULL
);

-- Process numbers of ids, leased in the same way.
CREATE TABLE store_process (
  number bigint PRIMARY KEY CHECK (number BETWEEN 0 AND 1023),
  holder bytea NOT NULL,
  until bigint NOT NULL
);

-- When each recurring job last ran.
CREATE TABLE store_schedule (
  name text PRIMARY KEY,
  ran bigint NOT NULL
);
