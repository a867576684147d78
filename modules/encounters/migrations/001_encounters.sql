-- Two devices near each other. Every encounter is stored twice, once from each side, so that a person's encounters are one index range (and
-- one shard). Rows of one pair never overlap or touch: what is recorded is merged with what is there.
CREATE TABLE encounters_encounter (
  person bigint NOT NULL,
  peer bigint NOT NULL,
  started bigint NOT NULL,
  ended bigint NOT NULL,
  attenuation bigint,  -- dB, of the closest moment; NULL: not measured
  batch bigint NOT NULL,  -- which call recorded it: the subject of encounters.recorded
  PRIMARY KEY (person, peer, started),
  CHECK (person <> peer),
  CHECK (started < ended),
  CHECK (attenuation BETWEEN 0 AND 255)
);
CREATE INDEX encounters_encounter_person ON encounters_encounter (person, started);
CREATE INDEX encounters_encounter_ended ON encounters_encounter (ended);

-- What retention deleted, when, by which rule: the proof.
CREATE TABLE encounters_retention (
  id bigint PRIMARY KEY,
  at bigint NOT NULL,
  rule text NOT NULL,
  ended_before bigint NOT NULL,
  deleted bigint NOT NULL
);

-- Published.
CREATE VIEW encounters_pub_encounter AS
SELECT person, peer, started, ended, attenuation
FROM encounters_encounter;
