-- The list over the whole country, oldest first, too.
CREATE INDEX interviews_companion_all ON interviews_companion (state, since, id);
