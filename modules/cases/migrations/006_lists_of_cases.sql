-- A case that an import made is taken back with what the file called it.
CREATE INDEX cases_external_case ON cases_external (case_id);
