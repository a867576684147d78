-- Who sat where, as the carrier wrote it down: a claim, sealed. `towards` is where the vehicle goes.
CREATE TABLE passengers_seat (
  place bigint NOT NULL,
  departure bigint NOT NULL,
  seat text NOT NULL CHECK (seat <> ''),
  unit bigint NOT NULL,
  towards bigint NOT NULL,
  recorded bigint NOT NULL,
  recorded_by bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (place, departure, seat)
);

CREATE INDEX passengers_seat_departure ON passengers_seat (departure);
CREATE INDEX passengers_seat_recorded ON passengers_seat (recorded);

CREATE TABLE passengers_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  recorded_before bigint NOT NULL,
  deleted bigint NOT NULL
);
