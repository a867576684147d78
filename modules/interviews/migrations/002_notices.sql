-- Milestones published without identity: what was judged and released is copied, so that a later correction of the milestone is not published
-- by it. The reason of a withdrawal is sealed.
CREATE TABLE interviews_notice (
  id bigint PRIMARY KEY,
  milestone bigint NOT NULL REFERENCES interviews_milestone (id),
  case_id bigint NOT NULL,
  place bigint NOT NULL,
  started bigint NOT NULL,
  ended bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('awaiting', 'released', 'withdrawn')),
  asked_at bigint NOT NULL,
  asked_account bigint NOT NULL,
  asked_by text NOT NULL,
  released_at bigint,
  released_by text,
  withdrawn_at bigint,
  withdrawn_by text,
  withdrawn_reason bytea,
  version bigint NOT NULL
);
CREATE INDEX interviews_notice_case ON interviews_notice (case_id, id);
CREATE INDEX interviews_notice_public ON interviews_notice (state, ended);
