-- Whoever would take a person back asks for their cases, also those that are over; the index of before knows the open ones alone.
CREATE INDEX cases_case_person ON cases_case (person);
