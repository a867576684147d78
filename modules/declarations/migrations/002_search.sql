-- Where a red or yellow declaration was asked for, so that a station can look a place up. Green ones keep it sealed; those from before
-- this migration, too: they are gone within 28 days.
ALTER TABLE declarations_declaration ADD COLUMN place bigint;
CREATE INDEX declarations_declaration_place ON declarations_declaration (place, id) WHERE place IS NOT NULL;
