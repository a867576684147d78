-- What ended a trace before nobody was left who could expose others; its levels are whole. NULL: nothing did, or the run is older than this column.
ALTER TABLE tracing_run ADD COLUMN stopped text CHECK (stopped IN ('depth', 'count', 'time'));
