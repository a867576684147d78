-- Tracing asks for every household that somebody is or was in; the index of before knows those alone who are in one now.
CREATE INDEX people_member_any ON people_member (person);
