-- Published, for counting: people who came in and are in no visit. Of a card whose holder was asked a visit was made.
CREATE VIEW gates_pub_unproven AS
SELECT place, entered, heads
FROM gates_entry
WHERE visit IS NULL AND asked IS NULL;
