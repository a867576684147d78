-- Keyed hashes of a line's phone and of every key that its paper's number may have, so that a person whose declaration is compared is
-- found in it. Lines told before have none, and go within 28 days.
CREATE TABLE passengers_key (
  blind bytea NOT NULL,
  place bigint NOT NULL,
  departure bigint NOT NULL,
  seat text NOT NULL,
  recorded bigint NOT NULL,
  PRIMARY KEY (blind, place, departure, seat)
);
CREATE INDEX passengers_key_seat ON passengers_key (place, departure, seat);
CREATE INDEX passengers_key_recorded ON passengers_key (recorded);
