-- So that an area's batches are found without reading those of everybody else.
CREATE INDEX foreign_batch_unit ON foreign_batch (unit, id);
