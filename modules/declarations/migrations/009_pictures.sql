-- Pictures that belong to a declaration's answers, sealed. A correction that keeps one holds a row of its own, under the same id. `account` is
-- whoever declared; 0 at a place's device.
CREATE TABLE declarations_picture (
  person bigint NOT NULL,
  declaration bigint NOT NULL,
  id bigint NOT NULL,
  account bigint NOT NULL,
  recorded bigint NOT NULL,
  picture bytea NOT NULL,
  PRIMARY KEY (person, declaration, id)
);
CREATE INDEX declarations_picture_declaration ON declarations_picture (declaration);
CREATE INDEX declarations_picture_account ON declarations_picture (account);

-- Of what the job deleted.
ALTER TABLE declarations_retention ADD COLUMN pictures bigint NOT NULL DEFAULT 0;
