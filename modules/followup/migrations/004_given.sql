-- Whose a follow-up is: an officer's (`taken_by`), a team's, or both; given by whom and when, or taken. `taken_at`: when they took notice. `lost_by`,
-- `lost_at`: whose it was until the account or the team ended or moved.
ALTER TABLE followup_period ADD COLUMN taken_by bigint;
ALTER TABLE followup_period ADD COLUMN team bigint;
ALTER TABLE followup_period ADD COLUMN given_by text;
ALTER TABLE followup_period ADD COLUMN given_at bigint;
ALTER TABLE followup_period ADD COLUMN taken_at bigint;
ALTER TABLE followup_period ADD COLUMN lost_by text;
ALTER TABLE followup_period ADD COLUMN lost_at bigint;
CREATE INDEX followup_period_taken_by ON followup_period (taken_by, id) WHERE taken_by IS NOT NULL AND state = 'open';
CREATE INDEX followup_period_team ON followup_period (team, id) WHERE team IS NOT NULL AND state = 'open';
