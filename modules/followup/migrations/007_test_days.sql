-- The days on which the rule has a contact sampled, counted from the last exposure, with commas between them.
ALTER TABLE followup_reason ADD COLUMN test_days text NOT NULL DEFAULT '';

-- A day on which somebody who is followed is to be sampled. `at`: of the sample that did it (`session`: of modules/laboratory), or, with `account`, of
-- the word of an officer that none is needed (`why`, sealed). `followup_period.test_day` is the first that waits.
CREATE TABLE followup_test (
  period bigint NOT NULL REFERENCES followup_period (id),
  day bigint NOT NULL,
  at bigint,
  session bigint,
  account bigint,
  by_name text,
  why bytea,
  PRIMARY KEY (period, day),
  CHECK (account IS NULL OR session IS NULL)
);

ALTER TABLE followup_period ADD COLUMN test_day bigint;
CREATE INDEX followup_period_test ON followup_period (unit, test_day, id) WHERE test_day IS NOT NULL;
CREATE INDEX followup_period_tests ON followup_period (test_day, id) WHERE test_day IS NOT NULL;
