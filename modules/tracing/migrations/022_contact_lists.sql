-- Lists of contacts over cases, of who lives in a unit and of all: by exposure, risk and the officer's decision, each in both directions. What is
-- sorted by has a place of its own, so that who nobody has decided about stands in the list too: before every decision.
ALTER TABLE tracing_candidate ADD COLUMN by_decision bigint NOT NULL DEFAULT 0;
UPDATE tracing_candidate
SET by_decision = assigned_at
WHERE assigned_at IS NOT NULL;
CREATE INDEX tracing_candidate_all_exposure ON tracing_candidate (exposed_since, id);
CREATE INDEX tracing_candidate_all_risk ON tracing_candidate (risk, id);
CREATE INDEX tracing_candidate_all_decision ON tracing_candidate (by_decision, id);
CREATE INDEX tracing_candidate_unit_exposure ON tracing_candidate (unit, exposed_since, id);
CREATE INDEX tracing_candidate_unit_risk ON tracing_candidate (unit, risk, id);
CREATE INDEX tracing_candidate_unit_decision ON tracing_candidate (unit, by_decision, id);

-- What few contacts have is looked for by itself, whatever the list is sorted by; a class under each status.
CREATE INDEX tracing_candidate_status ON tracing_candidate (status, class);
CREATE INDEX tracing_candidate_level ON tracing_candidate (level);
