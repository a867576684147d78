-- Published, for counting: who passed, by id where it is known. Whom a checkpoint turned back did not pass. Who
-- carried a printed card is not known.
CREATE VIEW checkpoints_pub_passed AS
SELECT p.place AS place, o.passed AS passed, CASE WHEN o.how = 'card' THEN NULL ELSE o.person END AS person, o.people AS people
FROM checkpoints_occupant o
JOIN checkpoints_passage p ON p.id = o.passage
WHERE o.decision <> 'turnBack';
