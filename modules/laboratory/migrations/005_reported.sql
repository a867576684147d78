-- Suspects whom a positive result reported by itself. `version`: of the case, as it was reported; `settled`: an officer did something about it; `fallen`: no
-- result bears it out any more, and an officer had changed it; `withdrawn`: no result bore it out, and it was discarded by itself.
CREATE TABLE laboratory_reported (
  kase bigint PRIMARY KEY,
  tube bigint NOT NULL REFERENCES laboratory_tube (id),
  result bigint NOT NULL,
  unit bigint NOT NULL,
  version bigint NOT NULL,
  recorded bigint NOT NULL,
  settled bigint,
  fallen bigint,
  withdrawn bigint
);
CREATE INDEX laboratory_reported_tube ON laboratory_reported (tube);
CREATE INDEX laboratory_reported_open ON laboratory_reported (unit, kase) WHERE settled IS NULL AND withdrawn IS NULL;
CREATE INDEX laboratory_reported_fallen ON laboratory_reported (unit, kase) WHERE fallen IS NOT NULL AND withdrawn IS NULL;
