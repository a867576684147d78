-- Every name that somebody bears, as written, under each folded word of it and each two of its words: names are compared, each once, and not people. A name goes
-- when its last bearer does. What is filled in here has two words in both orders, since the orders of text differ; new names have them in the order of bytes.
CREATE TABLE people_name_term (
  term text NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (term, name)
);
CREATE INDEX people_person_name ON people_person (name, unit, birth_year, id);

-- Bare numbers of study data have no words. One bearer's words are those of the name.
INSERT INTO people_name_term (term, name)
SELECT w.word, p.name
FROM (SELECT name, min(id) AS id FROM people_person WHERE version > 1 OR unit <> 0 GROUP BY name) p
JOIN people_word w ON w.person = p.id
ORDER BY w.word, p.name;

INSERT INTO people_name_term (term, name)
SELECT a.word || ' ' || b.word, p.name
FROM (SELECT name, min(id) AS id FROM people_person WHERE version > 1 OR unit <> 0 GROUP BY name) p
JOIN people_word a ON a.person = p.id
JOIN people_word b ON b.person = p.id AND b.word <> a.word
ORDER BY a.word, b.word, p.name;
