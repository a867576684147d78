-- Work lists are sorted by their deadline and by how long nobody took notice of a task: since it was opened, or given. Beside the unit it is kept
-- like the deadline.
ALTER TABLE tracing_task ADD COLUMN waiting_since bigint NOT NULL DEFAULT 0;
ALTER TABLE tracing_task_unit ADD COLUMN waiting_since bigint NOT NULL DEFAULT 0;
UPDATE tracing_task
SET waiting_since = COALESCE(given_at, created_at);
UPDATE tracing_task_unit
SET waiting_since = (SELECT t.waiting_since FROM tracing_task t WHERE t.id = tracing_task_unit.task);
CREATE INDEX tracing_task_waiting ON tracing_task (state, waiting_since, id);
CREATE INDEX tracing_task_unit_waiting ON tracing_task_unit (unit, state, waiting_since, task);
