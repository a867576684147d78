-- That somebody who is followed is immune, as an officer said with what proves it (sealed); taken back with a reason (sealed) it stays to be seen.
CREATE TABLE followup_immunity (
  id bigint PRIMARY KEY,
  period bigint NOT NULL REFERENCES followup_period (id),
  kind text NOT NULL CHECK (kind IN ('vaccinated', 'recovered')),
  proof bytea NOT NULL,
  at bigint NOT NULL,
  account bigint NOT NULL,
  by_name text NOT NULL,
  ended bigint,
  ended_account bigint,
  ended_by text,
  ended_why bytea
);
CREATE UNIQUE INDEX followup_immunity_standing ON followup_immunity (period) WHERE ended IS NULL;
CREATE INDEX followup_immunity_period ON followup_immunity (period, id);
