-- Who was there by what was told, and has no record yet: open until somebody finds or registers the record, or says that they cannot be found.
-- Name, phone and note are sealed (`who`), and so are reasons. `unit`: the case's. What the milestone no longer names is gone.
CREATE TABLE interviews_companion (
  id bigint PRIMARY KEY,
  milestone bigint NOT NULL REFERENCES interviews_milestone (id),
  case_id bigint NOT NULL,
  unit bigint NOT NULL,
  since bigint NOT NULL,
  who bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'found', 'unfindable', 'gone')),
  ended_at bigint,
  ended_by text,
  reason bytea,
  version bigint NOT NULL,
  CHECK ((state = 'open') = (ended_at IS NULL))
);
CREATE INDEX interviews_companion_case ON interviews_companion (case_id, id);
CREATE INDEX interviews_companion_milestone ON interviews_companion (milestone, id);
CREATE INDEX interviews_companion_open ON interviews_companion (unit, state, since, id);

-- Whether its companions are listed above: those told before this table are, in the next hour.
ALTER TABLE interviews_milestone ADD COLUMN listed bigint NOT NULL DEFAULT 0;
CREATE INDEX interviews_milestone_listed ON interviews_milestone (listed, id);
