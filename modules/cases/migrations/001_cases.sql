-- Cases: a person with a disease, its classification and its dates, kept apart. The note is sealed.
CREATE TABLE cases_case (
  id bigint PRIMARY KEY,
  number text NOT NULL UNIQUE,
  person bigint NOT NULL,
  disease text NOT NULL,
  classification text NOT NULL CHECK (classification IN ('suspect', 'probable', 'confirmed', 'discarded')),
  status text NOT NULL CHECK (status IN ('open', 'closed')),
  onset bigint,
  sample_at bigint,
  result_at bigint,
  method text CHECK (method IN ('pcr', 'antigen')),
  isolated_at bigint,
  window_from bigint,
  window_to bigint,
  rule_set text,
  unit bigint NOT NULL,
  report_unit bigint NOT NULL,
  note bytea,
  created_by bigint NOT NULL,
  created_at bigint NOT NULL,
  version bigint NOT NULL,
  CHECK (classification <> 'confirmed' OR (window_from IS NOT NULL AND rule_set IS NOT NULL)),
  CHECK (window_to IS NULL OR window_to > window_from)
);

-- A person has at most one open case of a disease.
CREATE UNIQUE INDEX cases_case_open ON cases_case (person, disease) WHERE status = 'open';
CREATE INDEX cases_case_unit ON cases_case (unit, id);

-- Every change, with what stood there before, so that the last one can be undone. The reason is sealed.
CREATE TABLE cases_change (
  id bigint PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES cases_case (id),
  at bigint NOT NULL,
  account bigint NOT NULL,
  by_name text NOT NULL,
  what text NOT NULL CHECK (what IN ('reported', 'confirmed', 'corrected', 'reclassified', 'undone')),
  before_classification text NOT NULL,
  after_classification text NOT NULL,
  reason bytea,
  before text NOT NULL,
  undone boolean NOT NULL
);
CREATE INDEX cases_change_case ON cases_change (case_id, id);

-- Published for tracing and statistics. window_to is NULL while the case is not isolated: the window runs until now.
CREATE VIEW cases_pub_case AS
SELECT id, person, disease, classification, status, window_from, window_to, unit
FROM cases_case;
