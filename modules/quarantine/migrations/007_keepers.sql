-- Accounts of the owner that keep a site, named by the officers of its unit. Who keeps it no longer has no row; when that began and ended is in the
-- access log.
CREATE TABLE quarantine_keeper (
  site bigint NOT NULL REFERENCES quarantine_site (id),
  account bigint NOT NULL,
  since bigint NOT NULL,
  named_by text NOT NULL,
  PRIMARY KEY (site, account)
);
CREATE INDEX quarantine_keeper_account ON quarantine_keeper (account, site);

-- The log of a site by days.
CREATE INDEX quarantine_stay_entered ON quarantine_stay (site, entered, id);

-- What is asked for at a site; needs end with their order.
CREATE INDEX quarantine_need_site ON quarantine_need (site, at, id) WHERE settled IS NULL;
UPDATE quarantine_need
SET settled = (SELECT o.ended FROM quarantine_order o WHERE o.id = quarantine_need.order_id)
WHERE settled IS NULL AND order_id IN (SELECT o.id FROM quarantine_order o WHERE o.ended IS NOT NULL);
