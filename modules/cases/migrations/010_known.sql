-- Reports count cases by the day of the diagnosis, or of the entry where that is not known; and as they were known at a moment, for which the changes since
-- then are read in their order.
CREATE INDEX cases_case_reported ON cases_case ((COALESCE(diagnosed_at, created_at)));
CREATE INDEX cases_change_at ON cases_change (at, id);
