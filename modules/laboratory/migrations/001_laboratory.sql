-- Times are UTC seconds. Where a session was and why a result was corrected are sealed; tubes carry nothing but their barcode.
CREATE TABLE laboratory_laboratory (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  closed bigint,
  made bigint NOT NULL,
  made_by bigint NOT NULL
);

-- `pool_most`: of people in one tube; 1: no pools.
CREATE TABLE laboratory_session (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  place bigint,
  site bytea,
  disease text NOT NULL,
  specimen text NOT NULL CHECK (specimen IN ('nasopharyngeal', 'oropharyngeal', 'saliva', 'blood', 'stool', 'other')),
  pool_most bigint NOT NULL CHECK (pool_most >= 1),
  opened bigint NOT NULL,
  opened_by bigint NOT NULL,
  opener text NOT NULL,
  closed bigint
);
CREATE INDEX laboratory_session_unit ON laboratory_session (unit, id);
CREATE INDEX laboratory_session_opened ON laboratory_session (opened);

CREATE TABLE laboratory_batch (
  id bigint PRIMARY KEY,
  session bigint NOT NULL REFERENCES laboratory_session (id),
  unit bigint NOT NULL,
  laboratory bigint NOT NULL REFERENCES laboratory_laboratory (id),
  sent bigint NOT NULL,
  sent_by bigint NOT NULL,
  sender text NOT NULL,
  tubes bigint NOT NULL
);
CREATE INDEX laboratory_batch_laboratory ON laboratory_batch (laboratory, id);
CREATE INDEX laboratory_batch_session ON laboratory_batch (session);

-- `unit`, `disease` and `specimen` are the session's. `resulted`: when the first result was written down here.
CREATE TABLE laboratory_tube (
  id bigint PRIMARY KEY,
  code text NOT NULL,
  session bigint NOT NULL REFERENCES laboratory_session (id),
  unit bigint NOT NULL,
  disease text NOT NULL,
  specimen text NOT NULL,
  sampled bigint NOT NULL,
  persons bigint NOT NULL,
  batch bigint REFERENCES laboratory_batch (id),
  laboratory bigint,
  sent bigint,
  received bigint,
  resulted bigint
);
CREATE UNIQUE INDEX laboratory_tube_code ON laboratory_tube (code);
CREATE INDEX laboratory_tube_session ON laboratory_tube (session, id);
CREATE INDEX laboratory_tube_batch ON laboratory_tube (batch, id);
CREATE INDEX laboratory_tube_resulted ON laboratory_tube (laboratory, resulted);
CREATE INDEX laboratory_tube_on_the_way ON laboratory_tube (laboratory, sent) WHERE received IS NULL;
CREATE INDEX laboratory_tube_waiting ON laboratory_tube (laboratory, received) WHERE resulted IS NULL;

CREATE TABLE laboratory_sample (
  id bigint PRIMARY KEY,
  tube bigint NOT NULL REFERENCES laboratory_tube (id),
  session bigint NOT NULL,
  person bigint NOT NULL,
  at bigint NOT NULL,
  sampled_by bigint NOT NULL,
  sampler text NOT NULL
);
CREATE UNIQUE INDEX laboratory_sample_tube ON laboratory_sample (tube, person);
CREATE INDEX laboratory_sample_session ON laboratory_sample (session, id);
CREATE INDEX laboratory_sample_person ON laboratory_sample (person, id);

-- A sample that was taken back when its tube had been sent: what comes of the tube is not this person's. The reason is sealed.
CREATE TABLE laboratory_withdrawn (
  sample bigint PRIMARY KEY,
  tube bigint NOT NULL REFERENCES laboratory_tube (id),
  session bigint NOT NULL REFERENCES laboratory_session (id),
  person bigint NOT NULL,
  at bigint NOT NULL,
  sampled_by bigint NOT NULL,
  withdrawn bigint NOT NULL,
  withdrawn_by bigint NOT NULL,
  reason bytea NOT NULL
);
CREATE INDEX laboratory_withdrawn_tube ON laboratory_withdrawn (tube);
CREATE INDEX laboratory_withdrawn_session ON laboratory_withdrawn (session);

-- `replaced`: the result that stands instead; `kase`: what an officer made of it; `offered`: it may confirm a case.
CREATE TABLE laboratory_result (
  id bigint PRIMARY KEY,
  tube bigint NOT NULL REFERENCES laboratory_tube (id),
  unit bigint NOT NULL,
  laboratory bigint NOT NULL,
  method text NOT NULL,  -- as the diseases' files name them
  outcome text NOT NULL CHECK (outcome IN ('negative', 'positive', 'inconclusive', 'invalid')),
  ct double precision,
  at bigint NOT NULL,
  recorded bigint NOT NULL,
  recorded_by bigint NOT NULL,
  recorder text NOT NULL,
  reason bytea,
  replaced bigint,
  offered boolean NOT NULL,
  kase bigint
);
CREATE UNIQUE INDEX laboratory_result_standing ON laboratory_result (tube, method) WHERE replaced IS NULL;
CREATE INDEX laboratory_result_tube ON laboratory_result (tube, id);
CREATE INDEX laboratory_result_offered ON laboratory_result (unit, id) WHERE offered AND replaced IS NULL AND kase IS NULL;

-- Results of tubes that were not known here, or had not been sent to this laboratory, when they came.
CREATE TABLE laboratory_unmatched (
  id bigint PRIMARY KEY,
  laboratory bigint NOT NULL REFERENCES laboratory_laboratory (id),
  code text NOT NULL,
  method text NOT NULL,
  outcome text NOT NULL,
  ct double precision,
  at bigint NOT NULL,
  whole_day boolean NOT NULL,
  recorded bigint NOT NULL,
  recorded_by bigint NOT NULL,
  recorder text NOT NULL
);
CREATE UNIQUE INDEX laboratory_unmatched_code ON laboratory_unmatched (laboratory, code, method, at, outcome);
CREATE INDEX laboratory_unmatched_recorded ON laboratory_unmatched (recorded);

-- Somebody of a positive pool is to be sampled alone. `sample`: by which it was done.
CREATE TABLE laboratory_task (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  tube bigint NOT NULL REFERENCES laboratory_tube (id),
  person bigint NOT NULL,
  disease text NOT NULL,
  made bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'done', 'withdrawn')),
  sample bigint
);
CREATE UNIQUE INDEX laboratory_task_tube ON laboratory_task (tube, person);
CREATE INDEX laboratory_task_open ON laboratory_task (unit, id) WHERE state = 'open';
CREATE INDEX laboratory_task_person ON laboratory_task (person, disease);

-- That an officer (`viewer`) was shown somebody on a local day (days since 1970): one row of the access log a day says so.
CREATE TABLE laboratory_shown (
  viewer bigint NOT NULL,
  day bigint NOT NULL,
  person bigint NOT NULL,
  PRIMARY KEY (viewer, day, person)
);
CREATE INDEX laboratory_shown_day ON laboratory_shown (day);

-- Proof of deletion.
CREATE TABLE laboratory_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
