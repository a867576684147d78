-- An entrance is a door of the whole place, no part of it: who comes by it is at the place, in no zone. `leaving`: people only
-- go out by it. Zones of before stay parts.
ALTER TABLE places_zone ADD COLUMN entrance boolean NOT NULL DEFAULT false;
ALTER TABLE places_zone ADD COLUMN leaving boolean NOT NULL DEFAULT false;
