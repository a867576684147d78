-- The departures of a day are read from the index alone: declared journeys are compared with them.
CREATE INDEX passengers_seat_trips ON passengers_seat (departure, place, unit, towards);
DROP INDEX passengers_seat_departure;
