-- The name of who noted that the Ministry lets the laboratory affirm what it finds, as it was then; not known of older notes.
ALTER TABLE laboratory_laboratory ADD COLUMN affirmer text;
