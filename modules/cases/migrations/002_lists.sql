-- Lists are read by unit (cases_case_unit), and by the unit that reported, where that is another.
CREATE INDEX cases_case_report_unit ON cases_case (report_unit, id) WHERE report_unit <> unit;
