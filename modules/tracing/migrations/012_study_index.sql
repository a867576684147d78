-- Which load of a presence index is of this database as it is: drawn anew at every load, and the identity of the index's files. A database that
-- was put back, copied or made anew has another number than a folder that was filled since, or none.
CREATE TABLE tracing_study_index (
  one bigint PRIMARY KEY CHECK (one = 1),
  stamp bigint NOT NULL
);
