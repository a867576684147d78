-- What a confirmed case causes: runs, candidates with their evidence, releases of warnings, warnings, tasks.
-- Evidence is copied here, because visits and encounters are deleted by age. Answers and notes are sealed.
CREATE TABLE tracing_run (
  id bigint PRIMARY KEY,
  case_id bigint NOT NULL,
  at bigint NOT NULL,
  requested_by bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'done', 'notInForce', 'withdrawn')),
  rule_set text NOT NULL,
  engine text NOT NULL,
  elapsed_microseconds bigint NOT NULL,
  links_found bigint NOT NULL,
  found1 bigint NOT NULL,
  found2 bigint NOT NULL,
  found3 bigint NOT NULL,
  found4 bigint NOT NULL
);
CREATE INDEX tracing_run_case ON tracing_run (case_id, id);

CREATE TABLE tracing_candidate (
  id bigint PRIMARY KEY,
  case_id bigint NOT NULL,
  person bigint NOT NULL,
  level bigint NOT NULL CHECK (level BETWEEN 1 AND 4),
  exposed_since bigint NOT NULL,
  risk bigint NOT NULL CHECK (risk BETWEEN 0 AND 1000),
  status text NOT NULL CHECK (status IN ('open', 'assigned', 'dismissed', 'withdrawn')),
  class text CHECK (class IN ('F1', 'F2', 'none')),
  answers bytea,
  note bytea,
  assigned_by bigint,
  assigned_at bigint,
  unit bigint NOT NULL,
  evidence_count bigint NOT NULL,
  version bigint NOT NULL,
  UNIQUE (case_id, person)
);
CREATE INDEX tracing_candidate_risk ON tracing_candidate (case_id, level, risk, id);
CREATE INDEX tracing_candidate_person ON tracing_candidate (person);

CREATE TABLE tracing_evidence (
  id bigint PRIMARY KEY,
  candidate bigint NOT NULL REFERENCES tracing_candidate (id),
  kind text NOT NULL CHECK (kind IN ('visit', 'encounter')),
  with_person bigint NOT NULL,
  with_level bigint NOT NULL,
  place bigint NOT NULL,
  zone bigint NOT NULL,
  started bigint NOT NULL,
  ended bigint NOT NULL CHECK (ended > started),
  estimated boolean NOT NULL,
  attenuation bigint,
  risk bigint NOT NULL
);
CREATE INDEX tracing_evidence_candidate ON tracing_evidence (candidate, risk);
CREATE INDEX tracing_evidence_place ON tracing_evidence (place, started);

CREATE TABLE tracing_release (
  id bigint PRIMARY KEY,
  case_id bigint NOT NULL,
  unit bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('awaiting', 'released', 'rejected', 'withdrawn')),
  people bigint NOT NULL,
  needs_second text,
  requested_by bigint NOT NULL,
  requested_name text NOT NULL,
  requested_at bigint NOT NULL,
  decided_by bigint,
  decided_name text,
  decided_at bigint,
  reason bytea,
  version bigint NOT NULL,
  CHECK (state <> 'released' OR decided_at IS NOT NULL),
  CHECK (needs_second IS NULL OR state <> 'released' OR decided_by <> requested_by)
);
CREATE INDEX tracing_release_case ON tracing_release (case_id, id);
CREATE INDEX tracing_release_state ON tracing_release (state, id);

-- place 0: the warning does not say where (kind station or correction).
CREATE TABLE tracing_warning (
  id bigint PRIMARY KEY,
  case_id bigint NOT NULL,
  release bigint NOT NULL REFERENCES tracing_release (id),
  candidate bigint NOT NULL REFERENCES tracing_candidate (id),
  person bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('exposure', 'station', 'correction')),
  place bigint NOT NULL,
  place_name text,
  started bigint NOT NULL,
  ended bigint NOT NULL,
  sent_at bigint NOT NULL,
  read_at bigint,
  escalated boolean NOT NULL,
  UNIQUE (release, person, kind, place, started)
);
CREATE INDEX tracing_warning_person ON tracing_warning (person, id);
CREATE INDEX tracing_warning_unread ON tracing_warning (escalated, sent_at);

CREATE TABLE tracing_task (
  id bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('assess', 'call', 'door')),
  case_id bigint NOT NULL,
  candidate bigint NOT NULL REFERENCES tracing_candidate (id),
  person bigint NOT NULL,
  unit bigint NOT NULL,
  created_at bigint NOT NULL,
  due_at bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'acknowledged', 'done', 'withdrawn')),
  taken_by bigint,
  attempts bigint NOT NULL,
  outcome text,
  version bigint NOT NULL,
  UNIQUE (candidate, kind)
);
CREATE INDEX tracing_task_due ON tracing_task (state, due_at, id);

-- The stations whose work list shows the task: by the person's address, and by the places of exposure.
CREATE TABLE tracing_task_unit (
  task bigint NOT NULL REFERENCES tracing_task (id),
  unit bigint NOT NULL,
  why text NOT NULL CHECK (why IN ('address', 'place')),
  PRIMARY KEY (task, unit)
);
CREATE INDEX tracing_task_unit_unit ON tracing_task_unit (unit, task);

CREATE TABLE tracing_attempt (
  id bigint PRIMARY KEY,
  task bigint NOT NULL REFERENCES tracing_task (id),
  at bigint NOT NULL,
  account bigint NOT NULL,
  by_name text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('reached', 'noAnswer', 'wrongNumber', 'moved', 'refused')),
  note bytea
);
CREATE INDEX tracing_attempt_task ON tracing_attempt (task, id);
