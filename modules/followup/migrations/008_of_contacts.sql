-- Lists of contacts ask how they are followed: of a state that few follow-ups have, for all of them. Open ones have indexes of their own.
CREATE INDEX followup_period_ended_state ON followup_period (state) WHERE ended IS NOT NULL;
-- Follow-ups of a unit by their last day; of all by followup_period_last.
CREATE INDEX followup_period_unit_last ON followup_period (unit, last_day, id) WHERE state = 'open';
