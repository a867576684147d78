-- Citizens' accounts belong to a phone, several may share one; officers' have a row in identity_officer as well.
CREATE TABLE identity_account (
  id bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('citizen', 'officer')),
  phone_sealed bytea,
  phone_index bytea,
  pin_hash text,
  created bigint NOT NULL,
  CHECK ((kind = 'citizen') = (phone_index IS NOT NULL)),
  CHECK ((phone_sealed IS NULL) = (phone_index IS NULL))
);
CREATE INDEX identity_account_phone ON identity_account (phone_index, id) WHERE phone_index IS NOT NULL;

CREATE TABLE identity_officer (
  account bigint PRIMARY KEY REFERENCES identity_account (id),
  username text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text NOT NULL,
  password_temporary boolean NOT NULL,
  totp_sealed bytea,
  totp_pending bytea,
  totp_step bigint NOT NULL,
  disabled bigint,
  created bigint NOT NULL,
  version bigint NOT NULL
);

-- area 0 is the whole country.
CREATE TABLE identity_grant (
  account bigint NOT NULL REFERENCES identity_officer (account),
  role text NOT NULL,
  area bigint NOT NULL,
  PRIMARY KEY (account, role, area)
);

CREATE TABLE identity_device (
  id bigint PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  created bigint NOT NULL,
  last_used bigint NOT NULL
);
CREATE TABLE identity_known_device (
  device bigint NOT NULL REFERENCES identity_device (id) ON DELETE CASCADE,
  account bigint NOT NULL,
  since bigint NOT NULL,
  PRIMARY KEY (device, account)
);
CREATE INDEX identity_known_device_account ON identity_known_device (account);

-- `account` of a limited citizen's session is not in identity_account (yet).
CREATE TABLE identity_session (
  id bigint PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  account bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('citizen', 'officer')),
  is_full boolean NOT NULL,
  phone_index bytea,
  device bigint,
  label text NOT NULL,
  proof text NOT NULL,
  proved bigint NOT NULL,
  created bigint NOT NULL,
  last_seen bigint NOT NULL,
  idle bigint NOT NULL CHECK (idle > 0),
  expires bigint NOT NULL,
  CHECK (expires > created)
);
CREATE INDEX identity_session_account ON identity_session (account, id);
CREATE INDEX identity_session_expires ON identity_session (expires);

CREATE TABLE identity_code (
  use_of text NOT NULL,
  phone_index bytea NOT NULL,
  holder bytea NOT NULL,
  code_hash bytea NOT NULL,
  tries bigint NOT NULL CHECK (tries >= 0),
  used boolean NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (use_of, phone_index, holder)
);
CREATE INDEX identity_code_expires ON identity_code (expires);

-- A word given at the station, for one account of a phone.
CREATE TABLE identity_release (
  word_hash bytea PRIMARY KEY,
  account bigint NOT NULL,
  expires bigint NOT NULL
);

CREATE TABLE identity_rate (
  kind text NOT NULL,
  subject bytea NOT NULL,
  full_at bigint NOT NULL,
  PRIMARY KEY (kind, subject)
);
CREATE TABLE identity_try (
  kind text NOT NULL,
  subject bytea NOT NULL,
  tries bigint NOT NULL CHECK (tries > 0),
  locked_until bigint NOT NULL,
  last_try bigint NOT NULL,
  forget_at bigint NOT NULL,
  PRIMARY KEY (kind, subject)
);

CREATE TABLE identity_consent (
  id bigint PRIMARY KEY,
  account bigint NOT NULL,
  text_id text NOT NULL,
  version bigint NOT NULL,
  purpose text NOT NULL,
  text_hash bytea NOT NULL,
  given bigint NOT NULL,
  withdrawn bigint,
  CHECK (withdrawn >= given)
);
CREATE INDEX identity_consent_account ON identity_consent (account, id);
-- One running consent for each text of an account.
CREATE UNIQUE INDEX identity_consent_running ON identity_consent (account, text_id) WHERE withdrawn IS NULL;

-- The access log. Rows are inserted, never changed; access_chain.h tells how they are chained.
CREATE TABLE identity_access (
  id bigint PRIMARY KEY,
  at bigint NOT NULL,
  account bigint NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  area bigint NOT NULL,
  action text NOT NULL,
  purpose text NOT NULL,
  person bigint NOT NULL,
  about bigint NOT NULL,
  unit bigint NOT NULL,
  reason text NOT NULL,
  filter text NOT NULL,
  persons bigint NOT NULL,
  passed boolean NOT NULL,
  mac text NOT NULL
);
CREATE INDEX identity_access_person ON identity_access (person, id) WHERE person <> 0;
CREATE INDEX identity_access_about ON identity_access (about, id) WHERE about <> 0;
CREATE INDEX identity_access_account ON identity_access (account, id);

CREATE TABLE identity_access_pending (
  entry bigint PRIMARY KEY,
  process bigint NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX identity_access_pending_process ON identity_access_pending (process, entry);

CREATE TABLE identity_access_link (
  chain bigint NOT NULL,
  seq bigint NOT NULL,
  entry bigint NOT NULL UNIQUE,
  hash text NOT NULL,
  PRIMARY KEY (chain, seq)
);
CREATE TABLE identity_access_checkpoint (
  seq bigint PRIMARY KEY,
  at bigint NOT NULL,
  heads text NOT NULL,
  hash text NOT NULL
);
