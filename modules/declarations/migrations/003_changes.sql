-- A correction names what it corrects, and that names it: the old version is kept, and counts no longer.
ALTER TABLE declarations_declaration ADD COLUMN corrects bigint;
ALTER TABLE declarations_declaration ADD COLUMN replaced_by bigint;

-- Of what was withdrawn nothing is left but that it was declared, and that it was withdrawn.
CREATE TABLE declarations_withdrawal (
  person bigint NOT NULL,
  id bigint NOT NULL,
  form text NOT NULL,
  at bigint NOT NULL,
  withdrawn bigint NOT NULL,
  withdrawn_by bigint NOT NULL,
  PRIMARY KEY (person, id)
);
CREATE INDEX declarations_withdrawal_by_id ON declarations_withdrawal (id);
CREATE INDEX declarations_withdrawal_by_time ON declarations_withdrawal (withdrawn);
