-- Seats that were told by mistake, taken off their list by its keeper: no list has them any more, officers still see that they were told.
CREATE TABLE passengers_taken_off (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  departure bigint NOT NULL,
  seat text NOT NULL,
  unit bigint NOT NULL,
  towards bigint NOT NULL,
  recorded bigint NOT NULL,
  recorded_by bigint NOT NULL,
  content bytea NOT NULL,
  taken_off bigint NOT NULL,
  taken_off_by bigint NOT NULL
);
CREATE INDEX passengers_taken_off_list ON passengers_taken_off (place, departure);
CREATE INDEX passengers_taken_off_told ON passengers_taken_off (place, taken_off);
CREATE INDEX passengers_taken_off_recorded ON passengers_taken_off (recorded);
