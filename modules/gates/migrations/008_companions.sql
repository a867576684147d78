-- Who came along with somebody of ours is in no visit either: `heads` are, of every entry, the people of whom there is no visit.
DROP VIEW gates_pub_unproven;
CREATE VIEW gates_pub_unproven AS
SELECT place, entered, heads
FROM gates_entry
WHERE heads > 0;
