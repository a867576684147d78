-- The outbox. A row is queued with a module's own rows; its content is sealed and wiped as soon as it is finished, whatever became of it.
CREATE TABLE notify_message (
  id bigint PRIMARY KEY,
  purpose text NOT NULL,
  sealed bytea,
  queued bigint NOT NULL,
  not_after bigint,
  urgent boolean NOT NULL,
  next_try bigint NOT NULL,
  tries bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'dropped')),
  finished bigint,
  problem text,
  CHECK ((state = 'queued') = (sealed IS NOT NULL)),
  CHECK ((state = 'queued') = (finished IS NULL))
);
CREATE INDEX notify_message_due ON notify_message (urgent, next_try) WHERE state = 'queued';
CREATE INDEX notify_message_finished ON notify_message (finished) WHERE state <> 'queued';
