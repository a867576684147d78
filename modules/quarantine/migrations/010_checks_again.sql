-- Running orders of diseases that had no form of a day's health were not looked at again; by the forms of today they are asked. Where
-- nothing is due any more, the look changes nothing.
UPDATE quarantine_order SET next_check = 0 WHERE state = 'running' AND checks_from IS NOT NULL AND next_check IS NULL;
