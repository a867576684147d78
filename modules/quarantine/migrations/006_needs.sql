-- What somebody under an order asks for. `id` is that of the alert by which a station is told; `words` are sealed. `settled`: when the station
-- had seen to it.
CREATE TABLE quarantine_need (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES quarantine_order (id),
  unit bigint NOT NULL,
  site bigint,
  kind text NOT NULL CHECK (kind IN ('food', 'medicine', 'hygiene', 'other')),
  via text NOT NULL CHECK (via IN ('app', 'site', 'phone')),
  words bytea NOT NULL,
  asked_by text,
  at bigint NOT NULL,
  settled bigint
);
CREATE INDEX quarantine_need_order ON quarantine_need (order_id, id);
CREATE INDEX quarantine_need_open ON quarantine_need (at, id) WHERE settled IS NULL;
CREATE INDEX quarantine_need_unit ON quarantine_need (unit, at, id) WHERE settled IS NULL;
