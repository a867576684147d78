-- Who passed in a unit since a time.
CREATE INDEX checkpoints_passage_unit ON checkpoints_passage (unit, passed);
