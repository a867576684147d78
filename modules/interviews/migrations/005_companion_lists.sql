-- The list of companions by when somebody was with them, too, and of one disease. `met`: when the milestone began; `disease`: the case's; of those listed
-- before, it is noted in the next hour.
ALTER TABLE interviews_companion ADD COLUMN met bigint NOT NULL DEFAULT 0;
ALTER TABLE interviews_companion ADD COLUMN disease text NOT NULL DEFAULT '';
UPDATE interviews_companion
SET met = (SELECT started FROM interviews_milestone WHERE interviews_milestone.id = interviews_companion.milestone);
CREATE INDEX interviews_companion_met ON interviews_companion (unit, state, met, id);
CREATE INDEX interviews_companion_all_met ON interviews_companion (state, met, id);
UPDATE interviews_milestone
SET listed = 0
WHERE id IN (SELECT milestone FROM interviews_companion WHERE state IN ('open', 'unfindable'));
