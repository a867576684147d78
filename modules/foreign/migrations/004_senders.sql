-- All that a line with an `id` says, as a keyed hash: the same line whoever tells it, while `id`s of programs are their own. Lines of before have none;
-- their `key` counts for everybody, as it did, until they are deleted for their age.
ALTER TABLE foreign_line ADD COLUMN content bytea;
CREATE UNIQUE INDEX foreign_line_content ON foreign_line (content);
