-- Who lies at a site, to be counted: without this, all who ever lay there were read for it.
CREATE INDEX quarantine_stay_lying ON quarantine_stay (site, left_at, entered, order_id) WHERE left_at IS NULL;
