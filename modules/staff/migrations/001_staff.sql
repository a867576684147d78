-- Teams of officers: a named group of accounts of a unit. `ended`: work can no longer be given to it.
CREATE TABLE staff_team (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  made bigint NOT NULL,
  made_by bigint NOT NULL,
  ended bigint,
  version bigint NOT NULL
);
CREATE INDEX staff_team_unit ON staff_team (unit, id);

CREATE TABLE staff_member (
  team bigint NOT NULL REFERENCES staff_team (id),
  account bigint NOT NULL,
  PRIMARY KEY (team, account)
);
