-- Who is to ask a contact who lives elsewhere. The unit that has the task keeps it until the other has taken notice; who does not in time calls the level above.
CREATE TABLE tracing_transfer (
  id bigint PRIMARY KEY,
  task bigint NOT NULL REFERENCES tracing_task (id),
  from_unit bigint NOT NULL,
  to_unit bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'taken', 'withdrawn')),
  at bigint NOT NULL,
  account bigint NOT NULL,
  by_name text NOT NULL,
  reason bytea,
  base bigint NOT NULL CHECK (base BETWEEN 0 AND 2),
  level bigint NOT NULL CHECK (level BETWEEN base AND 2),
  climb_at bigint NOT NULL,
  ended bigint,
  ended_account bigint,
  ended_by text,
  CHECK ((ended IS NULL) = (state = 'waiting'))
);
CREATE UNIQUE INDEX tracing_transfer_waiting ON tracing_transfer (task) WHERE state = 'waiting';
CREATE INDEX tracing_transfer_task ON tracing_transfer (task, id);
CREATE INDEX tracing_transfer_list ON tracing_transfer (to_unit, at, id) WHERE state = 'waiting';
CREATE INDEX tracing_transfer_all ON tracing_transfer (at, id) WHERE state = 'waiting';
CREATE INDEX tracing_transfer_climb ON tracing_transfer (climb_at, id) WHERE state = 'waiting' AND level < 2;
