-- Published, for counting: organisations, and of each its members by id.
CREATE VIEW duties_pub_roster AS
SELECT id, name, sector, place, unit
FROM duties_roster
WHERE closed IS NULL;

CREATE VIEW duties_pub_membership AS
SELECT roster, person
FROM duties_member;
