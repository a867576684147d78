-- Two registrations of one place: `place` counts as `kept` until the merge is undone. Nothing moves: both keep their codes, zones and visits. A place that others
-- were merged into is never merged itself, so that one look is enough.
CREATE TABLE places_merge (
  id bigint PRIMARY KEY,
  place bigint NOT NULL REFERENCES places_place (id),
  kept bigint NOT NULL REFERENCES places_place (id),
  at bigint NOT NULL,
  merged_by bigint NOT NULL,
  undone bigint,
  undone_by bigint,
  CHECK (place <> kept),
  CHECK ((undone IS NULL) = (undone_by IS NULL))
);
CREATE UNIQUE INDEX places_merge_in_force ON places_merge (place) WHERE undone IS NULL;
CREATE INDEX places_merge_place ON places_merge (place);
CREATE INDEX places_merge_kept ON places_merge (kept);

-- Zones of the merged place that bear the name of one of the kept place; the others are somewhere in it, nobody said where.
CREATE TABLE places_merge_zone (
  zone bigint NOT NULL REFERENCES places_zone (id),
  merge bigint NOT NULL REFERENCES places_merge (id),
  kept_zone bigint NOT NULL REFERENCES places_zone (id),
  PRIMARY KEY (zone, merge)
);

-- An officer has looked: not the same place. The smaller id first.
CREATE TABLE places_distinct (
  one bigint NOT NULL REFERENCES places_place (id),
  other bigint NOT NULL REFERENCES places_place (id),
  at bigint NOT NULL,
  told_by bigint NOT NULL,
  PRIMARY KEY (one, other),
  CHECK (one < other)
);

-- Published: what counts as what now. Readers of visits by place look at both.
CREATE VIEW places_pub_merged AS
SELECT place, kept
FROM places_merge
WHERE undone IS NULL;

CREATE VIEW places_pub_merged_zone AS
SELECT z.zone, z.kept_zone
FROM places_merge_zone z
JOIN places_merge m ON m.id = z.merge
WHERE m.undone IS NULL;

-- One place is one line of the register.
DROP VIEW places_pub_register;
CREATE VIEW places_pub_register AS
SELECT id, kind, unit, registered, closed
FROM places_place
WHERE NOT EXISTS (
  SELECT 1
  FROM places_merge
  WHERE places_merge.place = places_place.id AND places_merge.undone IS NULL);
