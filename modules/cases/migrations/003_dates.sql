-- Dates that were missing: of the diagnosis, by when and when the case was notified, when it was published. Cases from
-- before have no deadline: nobody was told of one.
ALTER TABLE cases_case ADD COLUMN diagnosed_at bigint;
ALTER TABLE cases_case ADD COLUMN notify_by bigint;
ALTER TABLE cases_case ADD COLUMN notified_at bigint;
ALTER TABLE cases_case ADD COLUMN published_at bigint;

-- What awaits notification, the most overdue first: of all units, of one, of one that reported for another.
CREATE INDEX cases_case_due ON cases_case (notify_by, id)
  WHERE status = 'open' AND notified_at IS NULL AND notify_by IS NOT NULL;
CREATE INDEX cases_case_due_unit ON cases_case (unit, notify_by, id)
  WHERE status = 'open' AND notified_at IS NULL AND notify_by IS NOT NULL;
CREATE INDEX cases_case_due_report_unit ON cases_case (report_unit, notify_by, id)
  WHERE report_unit <> unit AND status = 'open' AND notified_at IS NULL AND notify_by IS NOT NULL;

-- More methods confirm than two, and a change may record dates only. A CHECK is widened by way of a new column.
ALTER TABLE cases_case ADD COLUMN tested_by text
  CHECK (tested_by IN ('pcr', 'antigen', 'antibody', 'culture', 'sequencing'));
UPDATE cases_case
SET tested_by = method;
ALTER TABLE cases_case DROP COLUMN method;
ALTER TABLE cases_case RENAME COLUMN tested_by TO method;

ALTER TABLE cases_change ADD COLUMN did text NOT NULL DEFAULT 'reported'
  CHECK (did IN ('reported', 'confirmed', 'corrected', 'reclassified', 'undone', 'dated'));
UPDATE cases_change
SET did = what;
ALTER TABLE cases_change DROP COLUMN what;
ALTER TABLE cases_change RENAME COLUMN did TO what;
