-- Printed cards: whose they are is known (`person`), who carried them is not. Slips: what was written on paper.
-- A check cannot be changed on both engines: the table is made anew.
CREATE TABLE checkpoints_occupant_new (
  passage bigint NOT NULL,
  number bigint NOT NULL,
  passed bigint NOT NULL,
  how text NOT NULL CHECK (how IN ('ownCode', 'journey', 'idCard', 'nationalQr', 'insuranceCard', 'passport', 'travelCard', 'phone', 'unread', 'unnamed', 'card', 'slip')),
  person bigint,
  people bigint NOT NULL CHECK (people > 0),
  claim bytea,
  decision text NOT NULL CHECK (decision IN ('pass', 'test', 'isolate', 'turnBack')),
  PRIMARY KEY (passage, number),
  CHECK ((person IS NULL) = (how NOT IN ('ownCode', 'journey', 'card'))),
  CHECK ((claim IS NULL) = (how IN ('ownCode', 'journey', 'card', 'unread', 'unnamed')))
);
INSERT INTO checkpoints_occupant_new (passage, number, passed, how, person, people, claim, decision)
SELECT passage, number, passed, how, person, people, claim, decision
FROM checkpoints_occupant;
DROP TABLE checkpoints_occupant;
ALTER TABLE checkpoints_occupant_new RENAME TO checkpoints_occupant;
CREATE INDEX checkpoints_occupant_person ON checkpoints_occupant (person, passed);
CREATE INDEX checkpoints_occupant_passed ON checkpoints_occupant (passed);
