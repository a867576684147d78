-- Lists of tracers: of the unit whose tracers are asked, by urgency.
CREATE INDEX searches_search_unit_urgency ON searches_search (unit, urgency, id);
