-- The words of those of whose birth no more than the year is told, or 1 January, which often stands for that: whoever looks for who may be the same
-- person looks at them in the years around, too.
CREATE TABLE people_year_word (
  word text NOT NULL,
  birth_year bigint NOT NULL,
  person bigint NOT NULL REFERENCES people_person (id),
  PRIMARY KEY (word, birth_year, person)
);
CREATE INDEX people_year_word_person ON people_year_word (person);

-- 1 January as days since 1970, by the Gregorian calendar from the year 1 on.
INSERT INTO people_year_word (word, birth_year, person)
SELECT w.word, w.birth_year, w.person
FROM people_person p
JOIN people_word w ON w.person = p.id
WHERE p.birth_year > 0
  AND (p.birth_date IS NULL
       OR p.birth_date = 365 * (p.birth_year - 1) + (p.birth_year - 1) / 4 - (p.birth_year - 1) / 100 + (p.birth_year - 1) / 400 - 719162)
ORDER BY w.word, w.birth_year, w.person;
