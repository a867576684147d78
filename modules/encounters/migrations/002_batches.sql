-- Who follows encounters.recorded reads what a batch holds.
CREATE INDEX encounters_encounter_batch ON encounters_encounter (batch);
DROP VIEW encounters_pub_encounter;
CREATE VIEW encounters_pub_encounter AS
SELECT person, peer, started, ended, attenuation, batch
FROM encounters_encounter;
