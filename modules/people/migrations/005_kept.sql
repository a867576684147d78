-- Published: whom a record counts as, or did count as for a time. Who follows person.parted has to read that one anew, too.
CREATE VIEW people_pub_kept AS
SELECT person, kept
FROM people_merge;
