-- Lists of outbreaks by begin, last case and count of cases, of a unit and of all, each in both directions. `case_count` and `last_day` are as they were
-- counted last, after each change of a case; an outbreak without a case has 0 of both, and stands before all others. `counted`: not yet of those that were
-- there before.
ALTER TABLE outbreaks_outbreak ADD COLUMN case_count bigint NOT NULL DEFAULT 0;
ALTER TABLE outbreaks_outbreak ADD COLUMN last_day bigint NOT NULL DEFAULT 0;
ALTER TABLE outbreaks_outbreak ADD COLUMN counted boolean NOT NULL DEFAULT false;
CREATE INDEX outbreaks_outbreak_uncounted ON outbreaks_outbreak (id) WHERE NOT counted;
CREATE INDEX outbreaks_outbreak_all_begin ON outbreaks_outbreak (opened_on, id);
CREATE INDEX outbreaks_outbreak_all_last_day ON outbreaks_outbreak (last_day, id);
CREATE INDEX outbreaks_outbreak_all_cases ON outbreaks_outbreak (case_count, id);
CREATE INDEX outbreaks_outbreak_unit_begin ON outbreaks_outbreak (unit, opened_on, id);
CREATE INDEX outbreaks_outbreak_unit_last_day ON outbreaks_outbreak (unit, last_day, id);
CREATE INDEX outbreaks_outbreak_unit_cases ON outbreaks_outbreak (unit, case_count, id);
DROP INDEX outbreaks_outbreak_unit;
