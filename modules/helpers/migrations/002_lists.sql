-- Helpers of a unit, as they were named.
CREATE INDEX helpers_helper_unit ON helpers_helper (unit, id);
