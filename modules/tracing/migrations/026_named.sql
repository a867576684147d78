-- Whom a contact met, as that contact told: `with_person` is then the contact's, of whom `named_by` is the candidate of the same case. NULL: declared
-- of the case's own person.
ALTER TABLE tracing_declared ADD COLUMN named_by bigint;
