-- Lists of sessions by when they were opened, and of people to be sampled again by since when, in both directions.
DROP INDEX laboratory_session_unit;
CREATE INDEX laboratory_session_by_opened ON laboratory_session (unit, opened, id);
DROP INDEX laboratory_task_open;
CREATE INDEX laboratory_task_by_made ON laboratory_task (unit, made, id) WHERE state = 'open';
