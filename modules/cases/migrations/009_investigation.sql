-- What was answered to the form by which a case is investigated: each time it was written, whole; the newest is what stands. The answers
-- are sealed.
CREATE TABLE cases_investigation (
  case_id bigint NOT NULL REFERENCES cases_case (id),
  version bigint NOT NULL,
  form text NOT NULL,
  form_version text NOT NULL,
  complete boolean NOT NULL,
  answers bytea NOT NULL,
  told_at bigint NOT NULL,
  at bigint NOT NULL,
  account bigint NOT NULL,
  by_name text NOT NULL,
  PRIMARY KEY (case_id, version)
);
