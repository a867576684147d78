-- Addresses, names without a record, phones and notes are sealed. Times are UTC seconds; a removed row is kept kKept, so that removing can be undone.
-- `basis`: the signed document that sets the team up. `until`: exclusive.
CREATE TABLE community_team (
  id bigint PRIMARY KEY,
  unit bigint NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  form text NOT NULL,
  basis text NOT NULL CHECK (basis <> ''),
  made bigint NOT NULL,
  made_by bigint NOT NULL,
  until bigint NOT NULL,
  closed bigint,
  version bigint NOT NULL
);
CREATE INDEX community_team_unit ON community_team (unit, id);

-- `since`: shifts that began earlier do not count here any more (a lost phone).
CREATE TABLE community_volunteer (
  id bigint PRIMARY KEY,
  team bigint NOT NULL REFERENCES community_team (id),
  name text NOT NULL CHECK (name <> ''),
  phone bytea NOT NULL,
  phone_index bytea NOT NULL,
  named_by bigint NOT NULL,
  since bigint NOT NULL,
  removed bigint
);
CREATE INDEX community_volunteer_team ON community_volunteer (team, id);
CREATE INDEX community_volunteer_phone ON community_volunteer (phone_index);

-- `number`: the station's own.
CREATE TABLE community_household (
  id bigint PRIMARY KEY,
  team bigint NOT NULL REFERENCES community_team (id),
  number text NOT NULL CHECK (number <> ''),
  address bytea NOT NULL,
  added bigint NOT NULL,
  removed bigint
);
CREATE UNIQUE INDEX community_household_number ON community_household (team, number) WHERE removed IS NULL;
CREATE INDEX community_household_team ON community_household (team, id);

-- `content`: name, birth year and sex as the station wrote them down. `person`: who that is, when known; a record is made when something is first
-- declared for somebody without one.
CREATE TABLE community_member (
  id bigint PRIMARY KEY,
  household bigint NOT NULL REFERENCES community_household (id),
  team bigint NOT NULL,
  content bytea NOT NULL,
  person bigint,
  head boolean NOT NULL,
  added bigint NOT NULL,
  removed bigint
);
CREATE INDEX community_member_team ON community_member (team, id);
CREATE INDEX community_member_household ON community_member (household, id);

-- What a volunteer found at a door. A declaration's row says for whom (`member`), who answered (`informant`) and who wrote it down (`volunteer`);
-- what was answered is with the declarations alone.
CREATE TABLE community_report (
  id bigint PRIMARY KEY,
  team bigint NOT NULL,
  household bigint NOT NULL,
  volunteer bigint NOT NULL,
  at bigint NOT NULL,
  recorded bigint NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('met', 'notAtHome', 'refused', 'needsHelp', 'declared')),
  note bytea,
  member bigint,
  informant bigint,
  declaration bigint,
  settled bigint,
  settled_by bigint,
  answer bytea,
  CHECK ((declaration IS NOT NULL) = (outcome = 'declared'))
);
CREATE INDEX community_report_team ON community_report (team, at);
CREATE INDEX community_report_recorded ON community_report (recorded);
CREATE INDEX community_report_help ON community_report (team, id) WHERE outcome = 'needsHelp' AND settled IS NULL;

-- That a volunteer or an officer (`viewer`) was shown somebody on a local day (days since 1970): one row of the access log a day says so.
CREATE TABLE community_shown (
  viewer bigint NOT NULL,
  day bigint NOT NULL,
  person bigint NOT NULL,
  PRIMARY KEY (viewer, day, person)
);
CREATE INDEX community_shown_day ON community_shown (day);

-- Proof of deletion.
CREATE TABLE community_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
