-- What came to a station, by what it was and of which day: greens are counted from here, and nobody is named. It is also what makes each
-- arrival count once.
CREATE TABLE referrals_arrival (
  source text NOT NULL,
  subject bigint NOT NULL,
  unit bigint NOT NULL,
  day bigint NOT NULL,
  colour text NOT NULL CHECK (colour IN ('green', 'yellow', 'red')),
  PRIMARY KEY (source, subject, unit)
);
CREATE INDEX referrals_arrival_unit ON referrals_arrival (unit, day, colour);
CREATE INDEX referrals_arrival_day ON referrals_arrival (day);

-- `origin` is the unit it was opened for, `unit` where it lies now. `level`: 0 station, 1 health centre, 2 province; `base` is where it
-- began. Reasons are sealed; colour and reasons go when what it is about was taken back.
CREATE TABLE referrals_referral (
  id bigint PRIMARY KEY,
  source text NOT NULL,
  subject bigint NOT NULL,
  origin bigint NOT NULL,
  unit bigint NOT NULL,
  station text NOT NULL CHECK (station IN ('residence', 'destination')),
  person bigint NOT NULL,
  colour text CHECK (colour IN ('yellow', 'red')),
  reasons bytea NOT NULL,
  rule_set text NOT NULL,
  at bigint NOT NULL,
  created bigint NOT NULL,
  within_minutes bigint NOT NULL,
  due_at bigint NOT NULL,
  base bigint NOT NULL CHECK (base BETWEEN 0 AND 2),
  level bigint NOT NULL CHECK (level BETWEEN base AND 2),
  state text NOT NULL CHECK (state IN ('open', 'acknowledged', 'done', 'withdrawn')),
  taken_by bigint,
  attempts bigint NOT NULL,
  outcome text,
  ended bigint,
  version bigint NOT NULL,
  UNIQUE (source, subject, person, origin),
  CHECK ((ended IS NULL) = (state IN ('open', 'acknowledged')))
);
CREATE INDEX referrals_referral_list ON referrals_referral (unit, state, due_at, id);
CREATE INDEX referrals_referral_due ON referrals_referral (state, due_at, id);
CREATE INDEX referrals_referral_created ON referrals_referral (created);

CREATE TABLE referrals_step (
  id bigint PRIMARY KEY,
  referral bigint NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  level bigint NOT NULL,
  unit bigint NOT NULL,
  account bigint,
  by_name text NOT NULL,
  outcome text,
  note bytea
);
CREATE INDEX referrals_step_referral ON referrals_step (referral, id);

CREATE TABLE referrals_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
