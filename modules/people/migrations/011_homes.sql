-- Who lives in a commune: an address is sealed, so it is opened to be compared, of one commune at a time.
CREATE INDEX people_person_home ON people_person (unit, id) WHERE address IS NOT NULL;
