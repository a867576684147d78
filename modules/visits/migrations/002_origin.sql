-- Which visit a line of another system became, and what that system is called: so that the visit is shown with where it came from, and
-- taken back with its batch. Of other imports neither is kept.
ALTER TABLE visits_external ADD COLUMN visit bigint;
ALTER TABLE visits_external ADD COLUMN origin text;
CREATE INDEX visits_external_visit ON visits_external (visit) WHERE visit IS NOT NULL;
