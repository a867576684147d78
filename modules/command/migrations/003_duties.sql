-- A decision on a form may make declaring by it a duty, by a dated rule. Those made before name none.
ALTER TABLE command_decision ADD COLUMN duty text CHECK (duty IS NULL OR form IS NOT NULL);
