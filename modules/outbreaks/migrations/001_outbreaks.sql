-- Outbreaks: cases of one disease that belong together, and the unit in charge. The name names no person.
CREATE TABLE outbreaks_outbreak (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  disease text NOT NULL,
  unit bigint NOT NULL,
  setting text,
  opened_on bigint NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'closed')),
  closed_on bigint,
  source bigint,
  version bigint NOT NULL,
  CHECK ((closed_on IS NULL) = (status = 'open'))
);
CREATE INDEX outbreaks_outbreak_unit ON outbreaks_outbreak (unit, id);

-- Which cases belong to it. A case belongs to one outbreak at a time; taken out, the line goes; who did it and when are changes.
CREATE TABLE outbreaks_member (
  case_id bigint PRIMARY KEY,
  outbreak bigint NOT NULL REFERENCES outbreaks_outbreak (id)
);
CREATE INDEX outbreaks_member_outbreak ON outbreaks_member (outbreak, case_id);

-- Officers who have taken charge.
CREATE TABLE outbreaks_charge (
  outbreak bigint NOT NULL REFERENCES outbreaks_outbreak (id),
  account bigint NOT NULL,
  name text NOT NULL,
  since bigint NOT NULL,
  PRIMARY KEY (outbreak, account)
);

-- Everything that was done, by whom. The reason is sealed.
CREATE TABLE outbreaks_change (
  id bigint PRIMARY KEY,
  outbreak bigint NOT NULL REFERENCES outbreaks_outbreak (id),
  at bigint NOT NULL,
  account bigint NOT NULL,
  by_name text NOT NULL,
  what text NOT NULL CHECK (what IN ('opened', 'edited', 'put', 'taken', 'closed', 'reopened', 'tookCharge', 'leftCharge')),
  case_id bigint,
  reason bytea
);
CREATE INDEX outbreaks_change_outbreak ON outbreaks_change (outbreak, id);
