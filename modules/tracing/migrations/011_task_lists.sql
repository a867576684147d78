-- A work list is read by unit, state and deadline: both are kept beside the unit, so that a page costs what it shows.
ALTER TABLE tracing_task_unit ADD COLUMN state text NOT NULL DEFAULT 'open'
  CHECK (state IN ('open', 'acknowledged', 'done', 'withdrawn'));
ALTER TABLE tracing_task_unit ADD COLUMN due_at bigint NOT NULL DEFAULT 0;
UPDATE tracing_task_unit
SET state = (SELECT t.state FROM tracing_task t WHERE t.id = tracing_task_unit.task),
    due_at = (SELECT t.due_at FROM tracing_task t WHERE t.id = tracing_task_unit.task);
DROP INDEX tracing_task_unit_unit;
CREATE INDEX tracing_task_unit_due ON tracing_task_unit (unit, state, due_at, task);
