-- What files call the cases that were imported from them, so that the same file twice changes nothing.
CREATE TABLE cases_external (
  source text NOT NULL,
  external text NOT NULL,
  case_id bigint NOT NULL REFERENCES cases_case (id),
  PRIMARY KEY (source, external)
);
