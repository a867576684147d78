-- By what a claim's person is known when they come: keyed hashes of its paper and phone. Claims of before are looked at on request only; they are gone
-- within 28 days.
CREATE TABLE foreign_clue (
  clue bytea NOT NULL,
  line bytea NOT NULL,
  PRIMARY KEY (clue, line)
);
CREATE INDEX foreign_clue_line ON foreign_clue (line);
