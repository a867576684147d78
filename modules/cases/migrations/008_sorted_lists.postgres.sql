-- Numbers are sorted by their bytes, the same whatever the collation of the database.
ALTER TABLE cases_case ALTER COLUMN number TYPE text COLLATE "C";
