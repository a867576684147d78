-- Milestones: where a case was and when, as told in an interview. What else was told, words and names of others among it, is sealed
-- (`told`). Struck ones stay.
CREATE TABLE interviews_milestone (
  id bigint PRIMARY KEY,
  case_id bigint NOT NULL,
  place bigint,
  commune bigint,
  started bigint NOT NULL,
  ended bigint NOT NULL,
  told bytea NOT NULL,
  told_at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  by_name text NOT NULL,
  struck_at bigint,
  struck_by text,
  struck_reason bytea,
  version bigint NOT NULL,
  CHECK (started < ended)
);
CREATE INDEX interviews_milestone_case ON interviews_milestone (case_id, started, id);

-- As which visits a milestone was written for tracing: of the case, and of those who were there and have a record.
CREATE TABLE interviews_visit (
  milestone bigint NOT NULL REFERENCES interviews_milestone (id),
  person bigint NOT NULL,
  visit bigint NOT NULL,
  PRIMARY KEY (milestone, person)
);

-- As it stood, each time it was written.
CREATE TABLE interviews_version (
  milestone bigint NOT NULL REFERENCES interviews_milestone (id),
  version bigint NOT NULL,
  at bigint NOT NULL,
  account bigint NOT NULL,
  by_name text NOT NULL,
  told bytea NOT NULL,
  PRIMARY KEY (milestone, version)
);
