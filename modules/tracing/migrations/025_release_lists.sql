-- Releases of units by when they were asked for, in both directions.
CREATE INDEX tracing_release_asked ON tracing_release (unit, requested_at, id);
CREATE INDEX tracing_release_asked_all ON tracing_release (requested_at, id);
