-- What was noted on a phone without a network: the phone's own key of it, so that it counts once however often it is sent.
ALTER TABLE followup_entry ADD COLUMN noted text;
CREATE UNIQUE INDEX followup_entry_noted ON followup_entry (account, noted) WHERE noted IS NOT NULL;
