-- One follow-up of a person for a disease, however many contacts are its reasons. `waiting_since` is the first day that nobody has answered for;
-- `climb_at` when the next level is called. `level`: 0 station, 1 health centre, 2 province; `base` is where it began. `offered`: 1 while
-- symptoms were recorded and no case is reported.
CREATE TABLE followup_period (
  id bigint PRIMARY KEY,
  person bigint NOT NULL,
  disease text NOT NULL,
  unit bigint NOT NULL,
  first_day bigint NOT NULL,
  last_day bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'done', 'released')),
  waiting_since bigint NOT NULL,
  base bigint NOT NULL CHECK (base BETWEEN 0 AND 2),
  level bigint NOT NULL CHECK (level BETWEEN base AND 2),
  climb_at bigint NOT NULL,
  offered bigint NOT NULL CHECK (offered IN (0, 1)),
  suspect bigint,
  created bigint NOT NULL,
  ended bigint,
  version bigint NOT NULL,
  CHECK ((ended IS NULL) = (state = 'open'))
);
CREATE UNIQUE INDEX followup_period_open ON followup_period (person, disease) WHERE state = 'open';
CREATE INDEX followup_period_person ON followup_period (person, id);
CREATE INDEX followup_period_list ON followup_period (unit, waiting_since, id) WHERE state = 'open';
CREATE INDEX followup_period_waiting ON followup_period (waiting_since, id) WHERE state = 'open';
CREATE INDEX followup_period_offered ON followup_period (unit, waiting_since, id) WHERE offered = 1;
CREATE INDEX followup_period_climb ON followup_period (climb_at, id) WHERE state = 'open' AND level < 2;
CREATE INDEX followup_period_last ON followup_period (last_day, id) WHERE state = 'open';
CREATE INDEX followup_period_ended ON followup_period (ended) WHERE ended IS NOT NULL;

-- A contact for which somebody is followed: by which class, last exposure and days of which rule. It stays when it no longer counts.
CREATE TABLE followup_reason (
  period bigint NOT NULL REFERENCES followup_period (id),
  candidate bigint NOT NULL,
  case_id bigint NOT NULL,
  class text NOT NULL,
  last_exposure bigint NOT NULL,
  days bigint NOT NULL,
  rule text NOT NULL,
  counts boolean NOT NULL,
  PRIMARY KEY (period, candidate)
);
CREATE INDEX followup_reason_candidate ON followup_reason (candidate, period);
CREATE INDEX followup_reason_case ON followup_reason (case_id, candidate, period);

-- What was learnt on a day; a day may have several. `detail` (symptoms, note) is sealed. Of a person's own declaration there is the colour and
-- whether symptoms were declared, nothing else. `replaced`: an officer put it right by a later one.
CREATE TABLE followup_entry (
  id bigint PRIMARY KEY,
  period bigint NOT NULL REFERENCES followup_period (id),
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
CREATE INDEX followup_entry_period ON followup_entry (period, day, id);
CREATE UNIQUE INDEX followup_entry_declaration ON followup_entry (declaration, period) WHERE declaration IS NOT NULL;

-- Contacts of a case that was traced again, to be looked at in portions.
CREATE TABLE followup_due (
  candidate bigint PRIMARY KEY
);

CREATE TABLE followup_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
