-- Households that officers wrote down, whether or not their people have accounts: who lives with whom, from when, until when. Those of accounts stay beside
-- them. Whoever left keeps the row, with the day; without a day of moving in: nobody knows since when.
CREATE TABLE people_household (
  id bigint PRIMARY KEY,
  at bigint NOT NULL,
  written_by bigint NOT NULL
);
CREATE TABLE people_housemate (
  household bigint NOT NULL REFERENCES people_household (id),
  person bigint NOT NULL REFERENCES people_person (id),
  joined bigint,
  parted bigint,
  at bigint NOT NULL,
  written_by bigint NOT NULL,
  PRIMARY KEY (household, person)
);
CREATE UNIQUE INDEX people_housemate_lives ON people_housemate (person) WHERE parted IS NULL;
CREATE INDEX people_housemate_person ON people_housemate (person);

-- Published: also whom left, by instants; since always where no day is known.
CREATE VIEW people_pub_housemate AS
SELECT household, person, coalesce(joined, 0) AS joined, parted
FROM people_housemate;
