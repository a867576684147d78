-- Phones and what foreign codes say are sealed. Times are UTC seconds.
-- `since`: shifts that began earlier do not count here any more (a lost phone).
CREATE TABLE gates_guard (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  phone bytea NOT NULL,
  phone_index bytea NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  named_by bigint NOT NULL,
  since bigint NOT NULL,
  removed bigint
);
CREATE INDEX gates_guard_place ON gates_guard (place, id);
CREATE INDEX gates_guard_phone ON gates_guard (phone_index, place);

CREATE TABLE gates_shift (
  id bigint PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  phone_index bytea NOT NULL,
  began bigint NOT NULL,
  ends bigint NOT NULL CHECK (ends > began)
);
CREATE INDEX gates_shift_ends ON gates_shift (ends);

-- Who was let in. `visit`: of a person whose own code proved who it is; everybody else, counted in `heads`, is in no visit.
-- `until`: the usual stay, for counting.
CREATE TABLE gates_entry (
  id bigint NOT NULL,
  place bigint NOT NULL,
  zone bigint,
  guard bigint NOT NULL,
  entered bigint NOT NULL,
  until bigint NOT NULL,
  how text NOT NULL CHECK (how IN ('ownCode', 'idCard', 'nationalQr', 'insuranceCard', 'passport', 'travelCard', 'phone', 'group')),
  visit bigint,
  heads bigint NOT NULL CHECK (heads >= 0),
  claim bytea,
  recorded bigint NOT NULL,
  PRIMARY KEY (id, place),
  CHECK ((visit IS NULL) = (how <> 'ownCode')),
  CHECK ((claim IS NULL) = (how IN ('ownCode', 'group')))
);
CREATE INDEX gates_entry_place ON gates_entry (place, entered);
CREATE INDEX gates_entry_entered ON gates_entry (entered);

CREATE TABLE gates_refusal (
  id bigint PRIMARY KEY,
  place bigint NOT NULL,
  zone bigint,
  guard bigint NOT NULL,
  refused bigint NOT NULL,
  reason text NOT NULL CHECK (reason IN ('colour', 'full', 'closed', 'noMask', 'other')),
  note bytea,
  recorded bigint NOT NULL
);
CREATE INDEX gates_refusal_place ON gates_refusal (place, id);
CREATE INDEX gates_refusal_refused ON gates_refusal (refused);

-- Proof of deletion by age.
CREATE TABLE gates_retention (
  id bigint PRIMARY KEY,
  at bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  entries bigint NOT NULL,
  refusals bigint NOT NULL,
  shifts bigint NOT NULL,
  guards bigint NOT NULL
);
