-- Whom a checkpoint sent on without knowing who it is: `person` is 0, `claimed` the number of who said it within the passage, `claim` what
-- was said, sealed. A unique key cannot be changed on both engines: the table is made anew.
CREATE TABLE referrals_referral_new (
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
  claimed bigint NOT NULL,
  claim bytea,
  UNIQUE (source, subject, person, claimed, origin),
  CHECK ((ended IS NULL) = (state IN ('open', 'acknowledged'))),
  CHECK ((person = 0) = (claimed > 0)),
  CHECK ((person = 0) = (claim IS NOT NULL))
);
INSERT INTO referrals_referral_new (id, source, subject, origin, unit, station, person, colour, reasons, rule_set, at, created, within_minutes, due_at,
  base, level, state, taken_by, attempts, outcome, ended, version, claimed)
SELECT id, source, subject, origin, unit, station, person, colour, reasons, rule_set, at, created, within_minutes, due_at, base, level, state, taken_by,
  attempts, outcome, ended, version, 0
FROM referrals_referral;
DROP TABLE referrals_referral;
ALTER TABLE referrals_referral_new RENAME TO referrals_referral;
CREATE INDEX referrals_referral_list ON referrals_referral (unit, state, due_at, id);
CREATE INDEX referrals_referral_due ON referrals_referral (state, due_at, id);
CREATE INDEX referrals_referral_created ON referrals_referral (created);
