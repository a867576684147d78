-- Who was decided about in a unit since a time.
CREATE INDEX arrivals_arrival_unit ON arrivals_arrival (unit, decided);
