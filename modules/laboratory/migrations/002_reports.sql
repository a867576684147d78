-- Messages of laboratories' systems. `report`: keyed hash of who sent it and how they call it; `content`: of all that it said then, which is taken once;
-- `said`: when the system wrote it, else when it came. `report` of a result or of one kept apart: what said it, so that what comes later can correct it.
CREATE TABLE laboratory_report (
  report bytea NOT NULL,
  content bytea NOT NULL,
  laboratory bigint NOT NULL REFERENCES laboratory_laboratory (id),
  said bigint NOT NULL,
  recorded bigint NOT NULL,
  PRIMARY KEY (report, content)
);
CREATE INDEX laboratory_report_recorded ON laboratory_report (recorded);
ALTER TABLE laboratory_result ADD COLUMN report bytea;
CREATE INDEX laboratory_result_report ON laboratory_result (report) WHERE report IS NOT NULL;
ALTER TABLE laboratory_unmatched ADD COLUMN report bytea;
CREATE INDEX laboratory_unmatched_report ON laboratory_unmatched (report) WHERE report IS NOT NULL;
