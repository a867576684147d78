-- A roll-call of a site: one at a time, answered person by person.
CREATE TABLE quarantine_roll_call (
  id bigint PRIMARY KEY,
  site bigint NOT NULL REFERENCES quarantine_site (id),
  begun bigint NOT NULL,
  begun_by text NOT NULL,
  closed bigint,
  closed_by text,
  CHECK ((closed IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX quarantine_roll_call_open ON quarantine_roll_call (site) WHERE closed IS NULL;
CREATE INDEX quarantine_roll_call_site ON quarantine_roll_call (site, begun);
CREATE INDEX quarantine_roll_call_begun ON quarantine_roll_call (begun);

-- Of which roll-call an answer is; nothing: of one person alone, as they were called before.
ALTER TABLE quarantine_roll ADD COLUMN roll_call bigint;
CREATE INDEX quarantine_roll_of_call ON quarantine_roll (roll_call, at, id) WHERE roll_call IS NOT NULL;

-- Who was absent at a roll-call, and what somebody needs, are told, too. A check cannot be changed on both engines: the table is made anew.
CREATE TABLE quarantine_alert_new (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES quarantine_order (id),
  unit bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('missed', 'call', 'away', 'symptoms', 'absent', 'need')),
  at bigint NOT NULL,
  recorded bigint NOT NULL,
  rule_set text NOT NULL,
  within_minutes bigint NOT NULL,
  metres bigint,
  accuracy bigint,
  withdrawn bigint
);
INSERT INTO quarantine_alert_new (id, order_id, unit, kind, at, recorded, rule_set, within_minutes, metres, accuracy, withdrawn)
SELECT id, order_id, unit, kind, at, recorded, rule_set, within_minutes, metres, accuracy, withdrawn
FROM quarantine_alert;
DROP TABLE quarantine_alert;
ALTER TABLE quarantine_alert_new RENAME TO quarantine_alert;
CREATE INDEX quarantine_alert_order ON quarantine_alert (order_id, id);
