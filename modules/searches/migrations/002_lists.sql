-- Lists of those given, of where the person lives and of all: by urgency, when they were given and when they are due, in both directions.
-- `urgency`: what nobody answered by when it was due, before that what ended by its end; the most urgent is the last.
ALTER TABLE searches_search ADD COLUMN urgency bigint NOT NULL DEFAULT 0;
UPDATE searches_search
SET urgency = CASE WHEN state IN ('open', 'lapsed') THEN -due ELSE ended - 2199023255552 END;
CREATE INDEX searches_search_home_urgency ON searches_search (home, urgency, id);
CREATE INDEX searches_search_home_given ON searches_search (home, given, id);
CREATE INDEX searches_search_home_due ON searches_search (home, due, id);
CREATE INDEX searches_search_all_urgency ON searches_search (urgency, id);
CREATE INDEX searches_search_all_given ON searches_search (given, id);
CREATE INDEX searches_search_all_due ON searches_search (due, id);
