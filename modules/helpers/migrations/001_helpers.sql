-- Who may help where, from when until when. Found by their phone, of which only a keyed hash is kept; the name is sealed. `day` is the
-- last on which something was counted, and how much that day.
CREATE TABLE helpers_helper (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  organisation text NOT NULL CHECK (organisation IN ('youth', 'farmers', 'women', 'veterans', 'other')),
  name bytea NOT NULL,
  phone bytea NOT NULL,
  starts bigint NOT NULL,
  ends bigint NOT NULL,
  ended bigint,
  made bigint NOT NULL,
  made_by bigint NOT NULL,
  day bigint NOT NULL,
  day_installed bigint NOT NULL,
  day_declared bigint NOT NULL,
  installed bigint NOT NULL,
  declared bigint NOT NULL,
  CHECK (starts < ends)
);
CREATE INDEX helpers_helper_phone ON helpers_helper (phone);
CREATE INDEX helpers_helper_ends ON helpers_helper (ends);

-- How many were helped, by place, organisation and day: no helper, and nobody who was helped.
CREATE TABLE helpers_tally (
  unit bigint NOT NULL,
  organisation text NOT NULL,
  day bigint NOT NULL,
  installed bigint NOT NULL,
  declared bigint NOT NULL,
  PRIMARY KEY (unit, organisation, day)
);

-- Proof of deletion by age.
CREATE TABLE helpers_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
