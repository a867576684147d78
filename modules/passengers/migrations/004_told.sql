-- When the end of a run was told: scans that arrive late are ended for a day after that, also of a run whose end was told late.
ALTER TABLE passengers_run ADD COLUMN told bigint;
UPDATE passengers_run SET told = ends WHERE ends IS NOT NULL;
DROP INDEX passengers_run_ends;
CREATE INDEX passengers_run_told ON passengers_run (told);
