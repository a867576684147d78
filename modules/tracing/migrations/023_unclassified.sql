-- Tasks of asking a contact once ended when the contact was reached or refused, or the number was wrong, with no class chosen. They are open again, due
-- when they were due, for everybody in whose list they are: whoever had taken one may be gone. What was tried stays written.
-- Of somebody who meanwhile was handed to another commune the task is there.
DELETE FROM tracing_task_unit
WHERE EXISTS (
  SELECT 1
  FROM tracing_task t
  JOIN tracing_candidate c ON c.id = t.candidate
  JOIN tracing_task other ON other.candidate = t.candidate
  JOIN tracing_transfer r ON r.task = other.id
  WHERE t.id = tracing_task_unit.task AND t.kind = 'assess' AND t.state = 'done' AND c.status = 'open'
    AND r.state = 'taken' AND r.from_unit = tracing_task_unit.unit
);
UPDATE tracing_task
SET unit = (
  SELECT r.to_unit
  FROM tracing_task other
  JOIN tracing_transfer r ON r.task = other.id
  WHERE other.candidate = tracing_task.candidate AND r.state = 'taken'
  ORDER BY r.ended DESC, r.id DESC
  LIMIT 1
)
WHERE kind = 'assess' AND state = 'done'
  AND EXISTS (SELECT 1 FROM tracing_candidate c WHERE c.id = tracing_task.candidate AND c.status = 'open')
  AND EXISTS (
    SELECT 1
    FROM tracing_task other
    JOIN tracing_transfer r ON r.task = other.id
    WHERE other.candidate = tracing_task.candidate AND r.state = 'taken'
  );
INSERT INTO tracing_task_unit (task, unit, why, state, due_at)
SELECT t.id, t.unit, 'address', t.state, t.due_at
FROM tracing_task t
JOIN tracing_candidate c ON c.id = t.candidate
WHERE t.kind = 'assess' AND t.state = 'done' AND c.status = 'open'
ON CONFLICT (task, unit) DO NOTHING;
UPDATE tracing_task
SET state = 'open', version = version + 1, taken_by = NULL, team = NULL, given_by = NULL, given_at = NULL, taken_at = NULL,
    lost_by = NULL, lost_at = NULL
WHERE kind = 'assess' AND state = 'done'
  AND EXISTS (SELECT 1 FROM tracing_candidate c WHERE c.id = tracing_task.candidate AND c.status = 'open');
UPDATE tracing_task_unit
SET state = 'open'
WHERE state = 'done' AND EXISTS (SELECT 1 FROM tracing_task t WHERE t.id = tracing_task_unit.task AND t.state = 'open');
