-- An order as it stands: what was signed last, or the draft. `law` and `rule` say why it ends when it does; `revision` counts signatures.
-- `waiting`: the kind of the step that waits for one.
CREATE TABLE quarantine_order (
  id bigint PRIMARY KEY,
  serial bigint NOT NULL UNIQUE,
  person bigint NOT NULL,
  disease text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('quarantine', 'isolation', 'observation')),
  state text NOT NULL CHECK (state IN ('draft', 'running', 'released', 'replaced', 'refused')),
  unit bigint NOT NULL,
  case_id bigint NOT NULL,
  candidate bigint,
  class text,
  first_day bigint NOT NULL,
  last_day bigint NOT NULL,
  place_kind text NOT NULL CHECK (place_kind IN ('home', 'site', 'hotel')),
  law text NOT NULL,
  rule text,
  days bigint,
  last_exposure bigint,
  cut boolean NOT NULL,
  revision bigint NOT NULL,
  waiting text,
  waiting_since bigint,
  signed_at bigint,
  read_at bigint,
  created bigint NOT NULL,
  ended bigint,
  version bigint NOT NULL,
  CHECK ((ended IS NULL) = (state IN ('draft', 'running'))),
  CHECK ((waiting IS NULL) = (waiting_since IS NULL)),
  CHECK (state <> 'running' OR signed_at IS NOT NULL)
);
CREATE UNIQUE INDEX quarantine_order_open ON quarantine_order (person, disease, kind) WHERE ended IS NULL;
CREATE INDEX quarantine_order_person ON quarantine_order (person, id);
CREATE INDEX quarantine_order_waiting ON quarantine_order (waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX quarantine_order_unit_waiting ON quarantine_order (unit, waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX quarantine_order_running ON quarantine_order (last_day, id) WHERE state = 'running';
CREATE INDEX quarantine_order_unit_running ON quarantine_order (unit, last_day, id) WHERE state = 'running';
CREATE INDEX quarantine_order_ended ON quarantine_order (ended DESC, id) WHERE ended IS NOT NULL;
CREATE INDEX quarantine_order_unit_ended ON quarantine_order (unit, ended DESC, id) WHERE ended IS NOT NULL;

-- What was proposed, by whom, and what became of it. `detail` (reason, place, office, refusal, named text) is sealed.
CREATE TABLE quarantine_step (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES quarantine_order (id),
  kind text NOT NULL CHECK (kind IN ('order', 'extend', 'shorten', 'move', 'release', 'replace')),
  state text NOT NULL CHECK (state IN ('waiting', 'signed', 'refused')),
  last_day bigint,
  proposed_by bigint NOT NULL,
  proposed_name text NOT NULL,
  proposed_at bigint NOT NULL,
  decided_by bigint,
  decided_name text,
  decided_at bigint,
  detail bytea NOT NULL,
  CHECK ((decided_at IS NULL) = (state = 'waiting'))
);
CREATE INDEX quarantine_step_order ON quarantine_step (order_id, id);
CREATE UNIQUE INDEX quarantine_step_waiting ON quarantine_step (order_id) WHERE state = 'waiting';

CREATE TABLE quarantine_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
