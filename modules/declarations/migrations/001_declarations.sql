CREATE TABLE declarations_declaration (
  person bigint NOT NULL,
  id bigint NOT NULL,
  unit bigint NOT NULL,
  there bigint,
  form text NOT NULL,
  form_version text NOT NULL,
  colour text NOT NULL CHECK (colour IN ('green', 'yellow', 'red')),
  rule_set text NOT NULL,
  inputs bytea NOT NULL,
  at bigint NOT NULL,
  recorded bigint NOT NULL,
  valid_until bigint NOT NULL,
  declared_by bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (person, id),
  CHECK (at < valid_until)
);

CREATE INDEX declarations_declaration_by_id ON declarations_declaration (id);

CREATE INDEX declarations_declaration_flagged ON declarations_declaration (unit, id) WHERE colour <> 'green';

CREATE INDEX declarations_declaration_flagged_there ON declarations_declaration (there, id) WHERE colour <> 'green';

CREATE TABLE declarations_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  arrived_before bigint NOT NULL,
  deleted bigint NOT NULL
);
