-- Whose a task is: an officer's (`taken_by`), a team's, or both; given by whom and when, or taken. `taken_at`: when they took notice. `lost_by`,
-- `lost_at`: whose it was until the account or the team ended or moved.
ALTER TABLE tracing_task ADD COLUMN team bigint;
ALTER TABLE tracing_task ADD COLUMN given_by text;
ALTER TABLE tracing_task ADD COLUMN given_at bigint;
ALTER TABLE tracing_task ADD COLUMN taken_at bigint;
ALTER TABLE tracing_task ADD COLUMN lost_by text;
ALTER TABLE tracing_task ADD COLUMN lost_at bigint;
UPDATE tracing_task
SET taken_at = created_at
WHERE taken_by IS NOT NULL;
CREATE INDEX tracing_task_taken_by ON tracing_task (taken_by, id) WHERE taken_by IS NOT NULL AND state IN ('open', 'acknowledged');
CREATE INDEX tracing_task_team ON tracing_task (team, id) WHERE team IS NOT NULL AND state IN ('open', 'acknowledged');
