-- A health authority's numbered written request to trace a case, entered by the department of information and communications. `unit`: the
-- department's area. Number, dates, names and purpose are sealed.
CREATE TABLE tracing_request (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  entered bigint NOT NULL,
  entered_by bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'released', 'refused')),
  decided bigint,
  decided_by bigint,
  case_id bigint,
  run bigint,
  detail bytea NOT NULL,
  CHECK ((state = 'waiting') = (decided IS NULL))
);
CREATE INDEX tracing_request_entered ON tracing_request (entered);

-- Proof of deletion by age.
CREATE TABLE tracing_request_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
