-- A decision on declarations may be about one form. Those made before name none, and mean what they meant.
ALTER TABLE command_decision ADD COLUMN form text CHECK (form IS NULL OR purpose = 'declarations');
