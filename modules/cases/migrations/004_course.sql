-- How an illness went: the outcome, which closes the case, and the stays in hospital, sealed as one.
ALTER TABLE cases_case ADD COLUMN outcome text
  CHECK (outcome IN ('recovered', 'died', 'diedOfOtherCause', 'lostToFollowUp'));
ALTER TABLE cases_case ADD COLUMN outcome_on bigint;
ALTER TABLE cases_case ADD COLUMN stays bytea;
ALTER TABLE cases_change ADD COLUMN stays_before bytea;

-- By whose case the person was infected.
ALTER TABLE cases_case ADD COLUMN source bigint REFERENCES cases_case (id);
CREATE INDEX cases_case_source ON cases_case (source, id) WHERE source IS NOT NULL;

ALTER TABLE cases_change ADD COLUMN did text NOT NULL DEFAULT 'reported'
  CHECK (did IN ('reported', 'confirmed', 'corrected', 'reclassified', 'undone', 'dated', 'course', 'sourced'));
UPDATE cases_change
SET did = what;
ALTER TABLE cases_change DROP COLUMN what;
ALTER TABLE cases_change RENAME COLUMN did TO what;

-- Which methods confirm a disease is said by its file, so that one that no disease had before needs no migration.
ALTER TABLE cases_case ADD COLUMN tested_by text;
UPDATE cases_case
SET tested_by = method;
ALTER TABLE cases_case DROP COLUMN method;
ALTER TABLE cases_case RENAME COLUMN tested_by TO method;

-- A case that is over still awaits its notification; only one that was none does not.
DROP INDEX cases_case_due;
DROP INDEX cases_case_due_unit;
DROP INDEX cases_case_due_report_unit;
CREATE INDEX cases_case_due ON cases_case (notify_by, id)
  WHERE classification <> 'discarded' AND notified_at IS NULL AND notify_by IS NOT NULL;
CREATE INDEX cases_case_due_unit ON cases_case (unit, notify_by, id)
  WHERE classification <> 'discarded' AND notified_at IS NULL AND notify_by IS NOT NULL;
CREATE INDEX cases_case_due_report_unit ON cases_case (report_unit, notify_by, id)
  WHERE report_unit <> unit AND classification <> 'discarded' AND notified_at IS NULL AND notify_by IS NOT NULL;
