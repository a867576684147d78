-- What officers filter and sort lists by, under a name. Settings: JSON text of words and days; nothing of a person.
CREATE TABLE views_view (
  id bigint PRIMARY KEY,
  account bigint NOT NULL,
  by_name text NOT NULL,
  page text NOT NULL,
  name text NOT NULL,
  settings text NOT NULL,
  unit bigint,
  version bigint NOT NULL,
  UNIQUE (account, page, name)
);
CREATE INDEX views_view_unit ON views_view (unit, id) WHERE unit IS NOT NULL;

-- How a list opens for an officer.
CREATE TABLE views_standard (
  account bigint NOT NULL,
  page text NOT NULL,
  view_id bigint NOT NULL REFERENCES views_view (id),
  PRIMARY KEY (account, page)
);
CREATE INDEX views_standard_view ON views_standard (view_id);
