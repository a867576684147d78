-- What was read out where: public words, kept as they were said, with who answers for them.
CREATE TABLE broadcasts_broadcast (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  words text NOT NULL CHECK (words <> ''),
  hotline text,
  edited boolean NOT NULL,
  at bigint NOT NULL,
  made_by bigint NOT NULL,
  made_name text NOT NULL
);
CREATE INDEX broadcasts_broadcast_unit ON broadcasts_broadcast (unit, id);
