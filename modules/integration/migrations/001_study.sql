-- One row: this data directory holds study data. Written only into an empty one, never taken away.
CREATE TABLE integration_study (
  one bigint PRIMARY KEY CHECK (one = 1),
  since bigint NOT NULL
);
