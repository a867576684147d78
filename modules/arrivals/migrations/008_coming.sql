-- Who comes is mostly asked for what is left to do, of which there is little beside what is done.
CREATE INDEX arrivals_arrival_waiting ON arrivals_arrival (towards, id) WHERE received IS NULL AND acknowledged IS NULL;
CREATE INDEX arrivals_arrival_taken ON arrivals_arrival (towards, id) WHERE received IS NULL AND acknowledged IS NOT NULL;
CREATE INDEX arrivals_arrival_waiting_all ON arrivals_arrival (id) WHERE received IS NULL AND acknowledged IS NULL;
CREATE INDEX arrivals_arrival_taken_all ON arrivals_arrival (id) WHERE received IS NULL AND acknowledged IS NOT NULL;
