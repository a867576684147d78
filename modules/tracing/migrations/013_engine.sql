-- Why a run was answered by SQL and not by the presence index. NULL: it was not, or it is older than this column.
ALTER TABLE tracing_run ADD COLUMN why_sql text
  CHECK (why_sql IN ('off', 'loading', 'behind', 'tooOld', 'memory', 'fault'));
-- Real data have an index, too: the stamp is of any database that was loaded.
ALTER TABLE tracing_study_index RENAME TO tracing_index_stamp;
