-- Whether the traveller showed the own code, which proves who it was. Of what was decided before, nobody knows.
ALTER TABLE arrivals_arrival ADD COLUMN own_code boolean NOT NULL DEFAULT false;
