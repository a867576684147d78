-- Windows in which somebody isolated at home is to say how they are. `windows`: those set for this order; without, the rule set's of the
-- form. `checks_from`: since when they count, while the place is a home. `next_check`: when a window is next to be looked at.
ALTER TABLE quarantine_order ADD COLUMN windows text;
ALTER TABLE quarantine_order ADD COLUMN checks_from bigint;
ALTER TABLE quarantine_order ADD COLUMN next_check bigint;
-- Orders that run already are asked from the first look on.
UPDATE quarantine_order SET next_check = 0 WHERE state = 'running' AND place_kind = 'home' AND kind <> 'observation';
CREATE INDEX quarantine_order_next ON quarantine_order (next_check, id) WHERE next_check IS NOT NULL;

-- Other windows are a signed step. A check cannot be changed on both engines: the table is made anew.
CREATE TABLE quarantine_step_new (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES quarantine_order (id),
  kind text NOT NULL CHECK (kind IN ('order', 'extend', 'shorten', 'move', 'windows', 'release', 'replace')),
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
INSERT INTO quarantine_step_new (id, order_id, kind, state, last_day, proposed_by, proposed_name, proposed_at, decided_by, decided_name, decided_at, detail)
SELECT id, order_id, kind, state, last_day, proposed_by, proposed_name, proposed_at, decided_by, decided_name, decided_at, detail
FROM quarantine_step;
DROP TABLE quarantine_step;
ALTER TABLE quarantine_step_new RENAME TO quarantine_step;
CREATE INDEX quarantine_step_order ON quarantine_step (order_id, id);
CREATE UNIQUE INDEX quarantine_step_waiting ON quarantine_step (order_id) WHERE state = 'waiting';

-- A window that is over, or in which something came. Which answers, is in the declaration alone.
CREATE TABLE quarantine_check (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES quarantine_order (id),
  due bigint NOT NULL,
  ends bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('done', 'late', 'missed')),
  symptoms boolean NOT NULL,
  colour text,
  declaration bigint,
  alert bigint
);
CREATE UNIQUE INDEX quarantine_check_window ON quarantine_check (order_id, due);

-- What a station is asked to see to; what became of it is told by the referral. `unit`: which one, the order's when it was told or handed over.
CREATE TABLE quarantine_alert (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES quarantine_order (id),
  unit bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('missed', 'call', 'away', 'symptoms')),
  at bigint NOT NULL,
  recorded bigint NOT NULL,
  rule_set text NOT NULL,
  within_minutes bigint NOT NULL,
  metres bigint,
  accuracy bigint,
  withdrawn bigint
);
CREATE INDEX quarantine_alert_order ON quarantine_alert (order_id, id);

-- Where somebody who agreed to it has marked their place, sealed, and the last comparison with it; never a track. Gone with the consent,
-- the move, and the end of the order. `looked`: when the consent was last looked at.
CREATE TABLE quarantine_point (
  order_id bigint PRIMARY KEY REFERENCES quarantine_order (id),
  account bigint NOT NULL,
  point bytea NOT NULL,
  marked bigint NOT NULL,
  compared bigint,
  metres bigint,
  accuracy bigint,
  looked bigint NOT NULL
);
CREATE INDEX quarantine_point_looked ON quarantine_point (looked, order_id);
