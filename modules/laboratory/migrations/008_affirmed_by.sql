-- Who noted that the Ministry lets the laboratory affirm what it finds, or took the note back.
ALTER TABLE laboratory_laboratory ADD COLUMN affirmed_by bigint;
