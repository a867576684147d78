-- Lists of cases by report, onset, deadline of notification and number, each in both directions. What is sorted by has a place of its own, so
-- that who has no onset or no deadline stands in the list too: before every onset, after every deadline.
ALTER TABLE cases_case ADD COLUMN by_onset bigint NOT NULL DEFAULT -1000000;
ALTER TABLE cases_case ADD COLUMN by_due bigint NOT NULL DEFAULT 9000000000000;
UPDATE cases_case SET by_onset = COALESCE(onset, -1000000), by_due = COALESCE(notify_by, 9000000000000);

-- Of one unit, of one that reported for another, and of all (by number: the unique index). Newest first was by id before.
DROP INDEX cases_case_unit;
DROP INDEX cases_case_report_unit;
CREATE INDEX cases_case_report ON cases_case (created_at, id);
CREATE INDEX cases_case_onset ON cases_case (by_onset, id);
CREATE INDEX cases_case_deadline ON cases_case (by_due, id);
CREATE INDEX cases_case_unit_report ON cases_case (unit, created_at, id);
CREATE INDEX cases_case_unit_onset ON cases_case (unit, by_onset, id);
CREATE INDEX cases_case_unit_deadline ON cases_case (unit, by_due, id);
CREATE INDEX cases_case_unit_number ON cases_case (unit, number, id);
CREATE INDEX cases_case_reporter_report ON cases_case (report_unit, created_at, id) WHERE report_unit <> unit;
CREATE INDEX cases_case_reporter_onset ON cases_case (report_unit, by_onset, id) WHERE report_unit <> unit;
CREATE INDEX cases_case_reporter_deadline ON cases_case (report_unit, by_due, id) WHERE report_unit <> unit;
CREATE INDEX cases_case_reporter_number ON cases_case (report_unit, number, id) WHERE report_unit <> unit;

-- What few cases have is looked for by itself, whatever the list is sorted by; a disease under each classification.
CREATE INDEX cases_case_classification ON cases_case (classification, disease);
CREATE INDEX cases_case_outcome ON cases_case (outcome) WHERE outcome IS NOT NULL;
