-- Results kept apart: each report has its own, so that what one withdraws another still says; of a list each stands once. `disease`: that the report's code
-- spoke of.
ALTER TABLE laboratory_unmatched ADD COLUMN disease text;
DROP INDEX laboratory_unmatched_code;
CREATE INDEX laboratory_unmatched_code ON laboratory_unmatched (laboratory, code);
CREATE UNIQUE INDEX laboratory_unmatched_listed ON laboratory_unmatched (laboratory, code, method, at, outcome) WHERE report IS NULL;
