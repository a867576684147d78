-- An officer went to see a place that is registered but not scanned, or any other. Notes are sealed; `unit` is the place's at that time.
CREATE TABLE inspections_inspection (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  unit bigint NOT NULL,
  at bigint NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('inOrder', 'noPoster', 'notAsked', 'refused', 'nobodyThere', 'gone')),
  note bytea,
  for_keeper bytea,
  follow_up bigint,
  followed bigint,
  inspected_by bigint NOT NULL,
  inspector text NOT NULL
);
CREATE INDEX inspections_inspection_place ON inspections_inspection (place, id);
CREATE INDEX inspections_inspection_due ON inspections_inspection (unit, follow_up) WHERE follow_up IS NOT NULL AND followed IS NULL;
CREATE INDEX inspections_inspection_at ON inspections_inspection (at);

CREATE TABLE inspections_photo (
  id bigint PRIMARY KEY,
  inspection bigint NOT NULL REFERENCES inspections_inspection (id),
  at bigint NOT NULL,
  width bigint NOT NULL,
  height bigint NOT NULL,
  picture bytea NOT NULL
);
CREATE INDEX inspections_photo_inspection ON inspections_photo (inspection);
CREATE INDEX inspections_photo_at ON inspections_photo (at);

CREATE TABLE inspections_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  photos bigint NOT NULL,
  inspections bigint NOT NULL
);
