-- What places state of themselves: opening hours (JSON) and where they stand, in ten-thousandths of a degree. Every statement is kept.
CREATE TABLE places_stated (
  id bigint PRIMARY KEY,
  place bigint NOT NULL REFERENCES places_place (id),
  since bigint NOT NULL,
  stated_by bigint NOT NULL,
  hours text NOT NULL,
  latitude bigint CHECK (latitude BETWEEN -900000 AND 900000),
  longitude bigint CHECK (longitude BETWEEN -1800000 AND 1800000),
  CHECK ((latitude IS NULL) = (longitude IS NULL))
);
CREATE INDEX places_stated_place ON places_stated (place, since, id);
