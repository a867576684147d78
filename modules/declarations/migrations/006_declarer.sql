-- As what somebody declared for whom, the sealed name of a station's officer, a gate's place or a team, and how a station was asked to, or that
-- somebody did so themselves on a place's device. A
-- household's name is read from its record. Of older ones it is known only that no account means a team; they are gone within 28 days.
ALTER TABLE declarations_declaration ADD COLUMN declared_as text
  CHECK (declared_as IN ('self', 'household', 'station', 'guard', 'team', 'import'));
ALTER TABLE declarations_declaration ADD COLUMN declarer bytea;
ALTER TABLE declarations_declaration ADD COLUMN channel text CHECK (channel IN ('phone', 'desk', 'kiosk'));
UPDATE declarations_declaration
SET declared_as = 'team'
WHERE declared_by = 0;
