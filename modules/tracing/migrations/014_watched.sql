-- Cases that are traced again by themselves, and when they are due: what people do after a confirmation, and visits that arrive late, make contacts.
CREATE TABLE tracing_watched (
  case_id bigint PRIMARY KEY,
  due_at bigint NOT NULL
);
CREATE INDEX tracing_watched_due ON tracing_watched (due_at, case_id);
INSERT INTO tracing_watched (case_id, due_at)
SELECT DISTINCT case_id, 0
FROM tracing_run
WHERE state IN ('done', 'notInForce');
