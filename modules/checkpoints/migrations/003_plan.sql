-- Who should stand at a checkpoint, and from when to when. The name is as the place's keeper wrote it.
CREATE TABLE checkpoints_planned (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  guard bigint NOT NULL,
  guard_name text NOT NULL,
  begins bigint NOT NULL,
  ends bigint NOT NULL CHECK (ends > begins),
  planned_by bigint NOT NULL,
  planned_at bigint NOT NULL
);
CREATE INDEX checkpoints_planned_place ON checkpoints_planned (place, ends);
CREATE INDEX checkpoints_planned_ends ON checkpoints_planned (ends);

ALTER TABLE checkpoints_retention ADD COLUMN planned bigint NOT NULL DEFAULT 0;
