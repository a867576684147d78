-- A contact with a class of which no rule says for how long it is followed. `since`: when the class was given. `gone`: the contact stands no more, or a
-- rule says by now. `own_case`: of the person themselves, confirmed. `settled`: an officer said for how many days (`days`), or that nobody follows,
-- and why (`ground`, sealed); it stays with the class it was said of.
CREATE TABLE followup_unruled (
  candidate bigint PRIMARY KEY,
  case_id bigint NOT NULL,
  person bigint NOT NULL,
  disease text NOT NULL,
  unit bigint NOT NULL,
  class text NOT NULL CHECK (class IN ('F1', 'F2')),
  since bigint NOT NULL,
  gone bigint,
  own_case bigint,
  settled bigint,
  days bigint,
  ground bytea,
  account bigint,
  by_name text,
  version bigint NOT NULL,
  CHECK ((settled IS NULL) = (ground IS NULL)),
  CHECK (days IS NULL OR settled IS NOT NULL)
);
CREATE INDEX followup_unruled_person ON followup_unruled (person, candidate);
CREATE INDEX followup_unruled_case ON followup_unruled (case_id);
CREATE INDEX followup_unruled_list ON followup_unruled (unit, since, candidate) WHERE settled IS NULL AND gone IS NULL AND own_case IS NULL;
CREATE INDEX followup_unruled_all ON followup_unruled (since, candidate) WHERE settled IS NULL AND gone IS NULL AND own_case IS NULL;
CREATE INDEX followup_unruled_over ON followup_unruled (since) WHERE settled IS NOT NULL OR gone IS NOT NULL OR own_case IS NOT NULL;
