-- How many work for an organisation (a roster): somebody's number, as the other denominators.
CREATE TABLE statistics_staff (
  organisation bigint NOT NULL,
  as_of bigint NOT NULL,
  value bigint NOT NULL CHECK (value > 0),
  source text NOT NULL CHECK (source <> ''),
  entered bigint NOT NULL,
  entered_by bigint NOT NULL,
  PRIMARY KEY (organisation, as_of)
);
