-- Which visits were told in an interview (told.h): tracing follows them, and no count of anybody has them. 256: the bit of kTold.
DROP VIEW visits_pub_visit;
CREATE VIEW visits_pub_visit AS
SELECT id, person, place, zone, entered, departed, estimated, (flags & 256) <> 0 AS told
FROM visits_visit;
