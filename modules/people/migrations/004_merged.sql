-- Two records of one human being: `person` counts as `kept` until the merge is undone. Nothing moves: both keep their papers, phones and households. A record
-- that others count as is never merged itself, so that one look is enough. Reasons are sealed.
CREATE TABLE people_merge (
  id bigint PRIMARY KEY,
  person bigint NOT NULL REFERENCES people_person (id),
  kept bigint NOT NULL REFERENCES people_person (id),
  at bigint NOT NULL,
  merged_by bigint NOT NULL,
  reason bytea NOT NULL,
  undone bigint,
  undone_by bigint,
  undone_reason bytea,
  CHECK (person <> kept),
  CHECK ((undone IS NULL) = (undone_by IS NULL)),
  CHECK ((undone IS NULL) = (undone_reason IS NULL))
);
CREATE UNIQUE INDEX people_merge_in_force ON people_merge (person) WHERE undone IS NULL;
CREATE INDEX people_merge_person ON people_merge (person);
CREATE INDEX people_merge_kept ON people_merge (kept);

-- An officer has looked: not the same person. The smaller id first.
CREATE TABLE people_distinct (
  one bigint NOT NULL REFERENCES people_person (id),
  other bigint NOT NULL REFERENCES people_person (id),
  at bigint NOT NULL,
  told_by bigint NOT NULL,
  reason bytea NOT NULL,
  PRIMARY KEY (one, other),
  CHECK (one < other)
);
CREATE INDEX people_distinct_other ON people_distinct (other);

-- Candidates whose name was mistyped are found by their birth date.
CREATE INDEX people_person_birth ON people_person (birth_date);

-- Published: who counts as whom now.
CREATE VIEW people_pub_merged AS
SELECT person, kept
FROM people_merge
WHERE undone IS NULL;
