-- becameCase: the person is a confirmed case themselves. joined: the follow-up of another record of the same person (`joined_to`) stands for both.
-- A check cannot be changed on both engines: the table is made anew, and with it those that refer to it.
CREATE TABLE followup_period_new (
  id bigint PRIMARY KEY,
  person bigint NOT NULL,
  disease text NOT NULL,
  unit bigint NOT NULL,
  first_day bigint NOT NULL,
  last_day bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'done', 'released', 'becameCase', 'joined')),
  waiting_since bigint NOT NULL,
  base bigint NOT NULL CHECK (base BETWEEN 0 AND 2),
  level bigint NOT NULL CHECK (level BETWEEN base AND 2),
  climb_at bigint NOT NULL,
  offered bigint NOT NULL CHECK (offered IN (0, 1)),
  suspect bigint,
  created bigint NOT NULL,
  ended bigint,
  version bigint NOT NULL,
  joined_to bigint,
  CHECK ((ended IS NULL) = (state = 'open')),
  CHECK ((joined_to IS NULL) = (state <> 'joined'))
);
INSERT INTO followup_period_new (id, person, disease, unit, first_day, last_day, state, waiting_since, base, level, climb_at, offered, suspect,
                                 created, ended, version)
SELECT id, person, disease, unit, first_day, last_day, state, waiting_since, base, level, climb_at, offered, suspect, created, ended, version
FROM followup_period;

CREATE TABLE followup_reason_new (
  period bigint NOT NULL REFERENCES followup_period_new (id),
  candidate bigint NOT NULL,
  case_id bigint NOT NULL,
  class text NOT NULL,
  last_exposure bigint NOT NULL,
  days bigint NOT NULL,
  rule text NOT NULL,
  counts boolean NOT NULL,
  PRIMARY KEY (period, candidate)
);
INSERT INTO followup_reason_new (period, candidate, case_id, class, last_exposure, days, rule, counts)
SELECT period, candidate, case_id, class, last_exposure, days, rule, counts
FROM followup_reason;

CREATE TABLE followup_entry_new (
  id bigint PRIMARY KEY,
  period bigint NOT NULL REFERENCES followup_period_new (id),
  day bigint NOT NULL,
  result text NOT NULL CHECK (result IN ('none', 'symptoms', 'notReached')),
  via text NOT NULL CHECK (via IN ('call', 'visit', 'app')),
  at bigint NOT NULL,
  account bigint,
  by_name text NOT NULL,
  detail bytea,
  declaration bigint,
  colour text CHECK (colour IN ('green', 'yellow', 'red')),
  replaced boolean NOT NULL,
  CHECK ((declaration IS NULL) = (via <> 'app'))
);
INSERT INTO followup_entry_new (id, period, day, result, via, at, account, by_name, detail, declaration, colour, replaced)
SELECT id, period, day, result, via, at, account, by_name, detail, declaration, colour, replaced
FROM followup_entry;

DROP TABLE followup_reason;
DROP TABLE followup_entry;
DROP TABLE followup_period;
ALTER TABLE followup_period_new RENAME TO followup_period;
ALTER TABLE followup_reason_new RENAME TO followup_reason;
ALTER TABLE followup_entry_new RENAME TO followup_entry;

CREATE UNIQUE INDEX followup_period_open ON followup_period (person, disease) WHERE state = 'open';
CREATE INDEX followup_period_person ON followup_period (person, id);
CREATE INDEX followup_period_list ON followup_period (unit, waiting_since, id) WHERE state = 'open';
CREATE INDEX followup_period_waiting ON followup_period (waiting_since, id) WHERE state = 'open';
CREATE INDEX followup_period_offered ON followup_period (unit, waiting_since, id) WHERE offered = 1;
CREATE INDEX followup_period_climb ON followup_period (climb_at, id) WHERE state = 'open' AND level < 2;
CREATE INDEX followup_period_last ON followup_period (last_day, id) WHERE state = 'open';
CREATE INDEX followup_period_ended ON followup_period (ended) WHERE ended IS NOT NULL;
CREATE INDEX followup_period_joined ON followup_period (joined_to) WHERE joined_to IS NOT NULL;
CREATE INDEX followup_reason_candidate ON followup_reason (candidate, period);
CREATE INDEX followup_reason_case ON followup_reason (case_id, candidate, period);
CREATE INDEX followup_entry_period ON followup_entry (period, day, id);
CREATE UNIQUE INDEX followup_entry_declaration ON followup_entry (declaration, period) WHERE declaration IS NOT NULL;
