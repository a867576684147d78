-- Who moves out and comes back keeps both stays: the later one took the place of the earlier.
DROP VIEW people_pub_housemate;
CREATE TABLE people_housemate_new (
  household bigint NOT NULL REFERENCES people_household (id),
  person bigint NOT NULL REFERENCES people_person (id),
  joined bigint,
  parted bigint,
  at bigint NOT NULL,
  written_by bigint NOT NULL,
  PRIMARY KEY (household, person, at)
);
INSERT INTO people_housemate_new (household, person, joined, parted, at, written_by)
SELECT household, person, joined, parted, at, written_by
FROM people_housemate;
DROP TABLE people_housemate;
ALTER TABLE people_housemate_new RENAME TO people_housemate;
CREATE UNIQUE INDEX people_housemate_lives ON people_housemate (person) WHERE parted IS NULL;
CREATE INDEX people_housemate_person ON people_housemate (person);

CREATE VIEW people_pub_housemate AS
SELECT household, person, coalesce(joined, 0) AS joined, parted
FROM people_housemate;
