-- Which specimens there are the diseases' files say. The check of `specimen` names those of before, and cannot be changed on both engines while
-- other tables refer to this one: what it does not name stands here, and as 'other' there. Tubes have no check.
ALTER TABLE laboratory_session ADD COLUMN named text CHECK (named <> '');
