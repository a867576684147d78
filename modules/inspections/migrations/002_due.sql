-- What is to be seen again, of a unit and of all, in both directions.
DROP INDEX inspections_inspection_due;
CREATE INDEX inspections_inspection_due ON inspections_inspection (unit, follow_up, id) WHERE follow_up IS NOT NULL AND followed IS NULL;
CREATE INDEX inspections_inspection_due_all ON inspections_inspection (follow_up, id) WHERE follow_up IS NOT NULL AND followed IS NULL;
