-- When somebody wants to be alarmed; without a row nobody is. One for codes, one for all other messages.
CREATE TABLE outages_limit (
  kind text PRIMARY KEY CHECK (kind IN ('codes', 'messages')),
  failed_percent bigint NOT NULL CHECK (failed_percent BETWEEN 1 AND 100),
  delay_seconds bigint NOT NULL CHECK (delay_seconds > 0),
  window_minutes bigint NOT NULL CHECK (window_minutes > 0),
  least bigint NOT NULL CHECK (least > 0),
  set_at bigint NOT NULL,
  set_by bigint NOT NULL
);

-- `seen`: when an automatic one was last seen to last. What was counted then stands beside it. Kept as the record of what citizens were told.
CREATE TABLE outages_outage (
  id bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('codes', 'messages')),
  automatic boolean NOT NULL,
  began bigint NOT NULL,
  until bigint,
  reason text NOT NULL,
  made_by bigint NOT NULL,
  seen bigint NOT NULL,
  failed_percent bigint,
  delay_seconds bigint,
  ended bigint,
  ended_by bigint,
  CHECK (automatic = (until IS NULL))
);
CREATE INDEX outages_outage_open ON outages_outage (kind) WHERE ended IS NULL;
CREATE INDEX outages_outage_began ON outages_outage (began);
