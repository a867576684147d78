-- By which forms and rule sets this database judges: what was judged by one must be judged by it again, for ever. Ids: a rule set's, or a form's with
-- its version, "entry|2021-03-01".
CREATE TABLE declarations_rule_set (
  id text PRIMARY KEY,
  digest text NOT NULL,
  first_seen bigint NOT NULL
);
