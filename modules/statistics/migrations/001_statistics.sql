-- What figures are held against: never computed, always somebody's number, with where it is from and of when.
CREATE TABLE statistics_denominator (
  unit bigint NOT NULL,
  measure text NOT NULL CHECK (measure IN ('population', 'smartphones', 'staff', 'installs')),
  as_of bigint NOT NULL,
  value bigint NOT NULL CHECK (value > 0),
  source text NOT NULL CHECK (source <> ''),
  entered bigint NOT NULL,
  entered_by bigint NOT NULL,
  PRIMARY KEY (unit, measure, as_of)
);
