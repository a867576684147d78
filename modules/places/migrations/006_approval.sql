-- When the last approval ended, by a new name, address or opening: what devices without a network did before it still arrives.
ALTER TABLE places_place ADD COLUMN approval_ended bigint;

-- What waits for the commune; imported places have no keeper and do not.
CREATE INDEX places_place_waiting ON places_place (unit, id) WHERE status = 'registered' AND keeper <> 0;
