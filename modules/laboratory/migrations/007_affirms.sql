-- `affirms`: since when the Ministry lets the laboratory affirm what it finds. `confirmed`: the result confirmed a case that was suspected already.
ALTER TABLE laboratory_laboratory ADD COLUMN affirms bigint;
ALTER TABLE laboratory_reported ADD COLUMN confirmed boolean NOT NULL DEFAULT false;
