-- Who is to follow a contact from now on. The unit that has it keeps it until the other has taken notice; who does not in time calls the level above.
CREATE TABLE followup_transfer (
  id bigint PRIMARY KEY,
  period bigint NOT NULL REFERENCES followup_period (id),
  from_unit bigint NOT NULL,
  to_unit bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'taken', 'withdrawn')),
  at bigint NOT NULL,
  account bigint NOT NULL,
  by_name text NOT NULL,
  reason bytea NOT NULL,
  base bigint NOT NULL CHECK (base BETWEEN 0 AND 2),
  level bigint NOT NULL CHECK (level BETWEEN base AND 2),
  climb_at bigint NOT NULL,
  ended bigint,
  ended_account bigint,
  ended_by text,
  CHECK ((ended IS NULL) = (state = 'waiting'))
);
CREATE UNIQUE INDEX followup_transfer_waiting ON followup_transfer (period) WHERE state = 'waiting';
CREATE INDEX followup_transfer_period ON followup_transfer (period, id);
CREATE INDEX followup_transfer_list ON followup_transfer (to_unit, at, id) WHERE state = 'waiting';
CREATE INDEX followup_transfer_all ON followup_transfer (at, id) WHERE state = 'waiting';
CREATE INDEX followup_transfer_climb ON followup_transfer (climb_at, id) WHERE state = 'waiting' AND level < 2;
