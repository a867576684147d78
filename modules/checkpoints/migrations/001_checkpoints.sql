-- Plates, claims, notes and the codes of journeys are sealed. Times are UTC seconds.

-- Checkpoints that were ever at work, and the wait that raises the alarm there.
CREATE TABLE checkpoints_post (
  place bigint PRIMARY KEY,
  unit bigint NOT NULL,
  wait_limit bigint CHECK (wait_limit > 0),
  basis text,
  limited_by bigint,
  limited_at bigint
);

-- `settled`: when what it waited for was over; NULL with decision 'test', or of an ambulance that has not been declared: open.
CREATE TABLE checkpoints_passage (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  unit bigint NOT NULL,
  guard bigint NOT NULL,
  guard_name text NOT NULL,
  passed bigint NOT NULL,
  direction text NOT NULL CHECK (direction IN ('in', 'out')),
  vehicle text NOT NULL CHECK (vehicle IN ('car', 'motorbike', 'truck', 'coach', 'bicycle', 'foot', 'ambulance', 'other')),
  plate bytea,
  plate_index bytea,
  journey bigint,
  towards bigint,
  heads bigint NOT NULL CHECK (heads >= 0),
  decision text NOT NULL CHECK (decision IN ('pass', 'test', 'isolate', 'turnBack')),
  why text CHECK (why IN ('colour', 'notDeclared', 'noPermit', 'roadClosed', 'refusedTest', 'other')),
  note bytea,
  awaited boolean NOT NULL,
  settled bigint,
  recorded bigint NOT NULL,
  version bigint NOT NULL,
  CHECK ((plate IS NULL) = (plate_index IS NULL)),
  CHECK (decision <> 'turnBack' OR why IS NOT NULL)
);
CREATE INDEX checkpoints_passage_place ON checkpoints_passage (place, passed);
CREATE INDEX checkpoints_passage_passed ON checkpoints_passage (passed);
CREATE INDEX checkpoints_passage_plate ON checkpoints_passage (plate_index, passed);
CREATE INDEX checkpoints_passage_journey ON checkpoints_passage (journey, passed);
CREATE INDEX checkpoints_passage_open ON checkpoints_passage (place, passed) WHERE awaited;

-- `number`: within the passage. `people`: more than one only of those without a name.
CREATE TABLE checkpoints_occupant (
  passage bigint NOT NULL,
  number bigint NOT NULL,
  passed bigint NOT NULL,
  how text NOT NULL CHECK (how IN ('ownCode', 'journey', 'idCard', 'nationalQr', 'insuranceCard', 'passport', 'travelCard', 'phone', 'unread', 'unnamed')),
  person bigint,
  people bigint NOT NULL CHECK (people > 0),
  claim bytea,
  decision text NOT NULL CHECK (decision IN ('pass', 'test', 'isolate', 'turnBack')),
  PRIMARY KEY (passage, number),
  CHECK ((person IS NULL) = (how NOT IN ('ownCode', 'journey'))),
  CHECK ((claim IS NULL) = (how IN ('ownCode', 'journey', 'unread', 'unnamed')))
);
CREATE INDEX checkpoints_occupant_person ON checkpoints_occupant (person, passed);
CREATE INDEX checkpoints_occupant_passed ON checkpoints_occupant (passed);

CREATE TABLE checkpoints_queue (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  guard bigint NOT NULL,
  counted bigint NOT NULL,
  waiting bigint NOT NULL CHECK (waiting >= 0)
);
CREATE INDEX checkpoints_queue_place ON checkpoints_queue (place, counted);
CREATE INDEX checkpoints_queue_counted ON checkpoints_queue (counted);

CREATE TABLE checkpoints_handover (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  guard bigint NOT NULL,
  guard_name text NOT NULL,
  handed bigint NOT NULL,
  note bytea NOT NULL,
  vehicles bigint NOT NULL,
  people bigint NOT NULL,
  open bigint NOT NULL
);
CREATE INDEX checkpoints_handover_place ON checkpoints_handover (place, handed);
CREATE INDEX checkpoints_handover_handed ON checkpoints_handover (handed);

-- What a household told ahead. The code is kept sealed, to be shown again, and is found by its index.
CREATE TABLE checkpoints_journey (
  id bigint PRIMARY KEY,
  account bigint NOT NULL,
  code bytea NOT NULL,
  code_index bytea NOT NULL UNIQUE,
  plate bytea,
  vehicle text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('in', 'out')),
  towards bigint NOT NULL,
  begins bigint NOT NULL,
  ends bigint NOT NULL CHECK (ends > begins),
  told bigint NOT NULL
);
CREATE INDEX checkpoints_journey_account ON checkpoints_journey (account, ends);
CREATE INDEX checkpoints_journey_ends ON checkpoints_journey (ends);

CREATE TABLE checkpoints_traveller (
  journey bigint NOT NULL,
  person bigint NOT NULL,
  PRIMARY KEY (journey, person)
);

-- Proof of deletion by age.
CREATE TABLE checkpoints_retention (
  id bigint PRIMARY KEY,
  at bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  passages bigint NOT NULL,
  occupants bigint NOT NULL,
  queues bigint NOT NULL,
  handovers bigint NOT NULL,
  journeys bigint NOT NULL
);
