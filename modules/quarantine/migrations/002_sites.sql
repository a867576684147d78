-- Where people under an order are lodged, who owns the site, and its rooms.
CREATE TABLE quarantine_site (
  id bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('site', 'hotel')),
  owner text NOT NULL CHECK (owner IN ('health', 'military', 'hotel')),
  name text NOT NULL,
  address text NOT NULL,
  unit bigint NOT NULL,
  created bigint NOT NULL
);
CREATE INDEX quarantine_site_unit ON quarantine_site (unit, id);

CREATE TABLE quarantine_room (
  id bigint PRIMARY KEY,
  site bigint NOT NULL REFERENCES quarantine_site (id),
  name text NOT NULL,
  beds bigint NOT NULL CHECK (beds > 0)
);
CREATE UNIQUE INDEX quarantine_room_name ON quarantine_room (site, name);

-- Who lay in which bed, from entering until leaving: the log of both. `restart`: since when a case in the room asks whether the order must be extended.
CREATE TABLE quarantine_stay (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES quarantine_order (id),
  site bigint NOT NULL REFERENCES quarantine_site (id),
  room bigint NOT NULL REFERENCES quarantine_room (id),
  bed bigint NOT NULL,
  entered bigint NOT NULL,
  entered_by text NOT NULL,
  left_at bigint,
  left_by text,
  restart bigint
);
CREATE UNIQUE INDEX quarantine_stay_bed ON quarantine_stay (room, bed) WHERE left_at IS NULL;
CREATE UNIQUE INDEX quarantine_stay_open ON quarantine_stay (order_id) WHERE left_at IS NULL;
CREATE INDEX quarantine_stay_order ON quarantine_stay (order_id, id);
CREATE INDEX quarantine_stay_site ON quarantine_stay (site, room, bed) WHERE left_at IS NULL;
CREATE INDEX quarantine_stay_left ON quarantine_stay (site, left_at, id) WHERE left_at IS NOT NULL;

-- Roll-calls.
CREATE TABLE quarantine_roll (
  id bigint PRIMARY KEY,
  stay bigint NOT NULL REFERENCES quarantine_stay (id),
  at bigint NOT NULL,
  present boolean NOT NULL,
  by_name text NOT NULL
);
CREATE INDEX quarantine_roll_stay ON quarantine_roll (stay, at, id);
