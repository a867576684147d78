-- Who has declared that they come: by which place of entry, on what, on which day. Keyed hashes of the gate's and the vehicle's words, and
-- of the person's papers, so that a carrier's list is joined by them; the vehicle's words are sealed. Filled from declaration.submitted.
CREATE TABLE arrivals_expected (
  declaration bigint PRIMARY KEY,
  person bigint NOT NULL,
  colour text NOT NULL CHECK (colour IN ('green', 'yellow', 'red')),
  day bigint NOT NULL,
  gate bytea NOT NULL,
  vehicle bytea NOT NULL,
  label bytea NOT NULL,
  recorded bigint NOT NULL
);
CREATE INDEX arrivals_expected_gate ON arrivals_expected (gate, day);
CREATE INDEX arrivals_expected_person ON arrivals_expected (person);
CREATE INDEX arrivals_expected_recorded ON arrivals_expected (recorded);

CREATE TABLE arrivals_paper (
  blind bytea NOT NULL,
  declaration bigint NOT NULL,
  PRIMARY KEY (blind, declaration)
);
CREATE INDEX arrivals_paper_declaration ON arrivals_paper (declaration);

CREATE INDEX arrivals_arrival_person ON arrivals_arrival (person, decided);
