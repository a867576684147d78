-- Published: for figures of how places take part.
CREATE VIEW places_pub_register AS
SELECT id, kind, unit, registered, closed
FROM places_place;
