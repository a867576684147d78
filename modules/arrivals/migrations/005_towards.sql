-- Who comes to a unit is read by the unit, newest first.
CREATE INDEX arrivals_arrival_towards ON arrivals_arrival (towards, id);
