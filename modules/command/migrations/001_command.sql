CREATE TABLE command_decision (
  id bigint PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('checkIn', 'declarations', 'tracing')),
  disease text NOT NULL,
  unit bigint,
  starts bigint NOT NULL,
  ends bigint NOT NULL,
  basis text NOT NULL,
  decided bigint NOT NULL,
  decided_by bigint NOT NULL,
  ended bigint,
  ended_by bigint,
  end_reason text,
  version bigint NOT NULL,
  CHECK (starts < ends),
  CHECK ((ended IS NULL) = (ended_by IS NULL)),
  CHECK ((ended IS NULL) = (end_reason IS NULL))
);
