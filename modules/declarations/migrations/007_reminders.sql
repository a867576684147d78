-- Who sends a form with a rhythm: since when, and when last, as their device says. Nothing of what was said.
CREATE TABLE declarations_begun (
  form text NOT NULL,
  person bigint NOT NULL,
  began bigint NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (form, person)
);
CREATE INDEX declarations_begun_last ON declarations_begun (form, last);
INSERT INTO declarations_begun (form, person, began, last)
SELECT form, person, min(at), max(at)
FROM declarations_declaration
WHERE form IN ('daily-health', 'home-isolation')
GROUP BY form, person;

-- Each window is looked at once for each person; `sent`: a message went out to the account.
CREATE TABLE declarations_reminder (
  form text NOT NULL,
  due bigint NOT NULL,
  person bigint NOT NULL,
  account bigint,
  sent boolean NOT NULL,
  PRIMARY KEY (form, due, person)
);
CREATE INDEX declarations_reminder_account ON declarations_reminder (account, form, due);
CREATE INDEX declarations_reminder_due ON declarations_reminder (due);

CREATE TABLE declarations_reminder_off (
  account bigint PRIMARY KEY,
  since bigint NOT NULL
);

-- A window in which nothing came. `told`: an event said so; not where the form is off, nor while an earlier silence stands.
CREATE TABLE declarations_missed (
  id bigint PRIMARY KEY,
  form text NOT NULL,
  person bigint NOT NULL,
  due bigint NOT NULL,
  ends bigint NOT NULL,
  rule_set text NOT NULL,
  unit bigint NOT NULL,
  recorded bigint NOT NULL,
  told boolean NOT NULL,
  UNIQUE (form, due, person)
);
CREATE INDEX declarations_missed_person ON declarations_missed (person, form, due);
CREATE INDEX declarations_missed_due ON declarations_missed (due);
