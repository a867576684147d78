-- What officers put right in a record: `content` is sealed and holds who, why, and what stood there before.
CREATE TABLE people_correction (
  id bigint PRIMARY KEY,
  person bigint NOT NULL REFERENCES people_person (id),
  version bigint NOT NULL,
  made bigint NOT NULL,
  made_by bigint NOT NULL,
  content bytea NOT NULL
);
CREATE INDEX people_correction_person ON people_correction (person, id);
