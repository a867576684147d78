-- Cases of results that do not stand any more.
CREATE INDEX laboratory_result_case ON laboratory_result (kase) WHERE kase IS NOT NULL;
CREATE INDEX laboratory_result_made ON laboratory_result (unit, id) WHERE kase IS NOT NULL;
