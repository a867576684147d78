-- A decision on a form may be about one place (a gate, a port), or about one direction. Those made before name neither, and mean what they meant.
ALTER TABLE command_decision ADD COLUMN place bigint CHECK (place IS NULL OR (form IS NOT NULL AND unit IS NOT NULL));
ALTER TABLE command_decision ADD COLUMN direction text CHECK (direction IS NULL OR (form IS NOT NULL AND direction IN ('arriving', 'leaving')));
