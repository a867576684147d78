-- Whom police or military tracers were asked to find: the unit whose tracers are asked, and where the person lives, whose officers asked.
-- What to ask, why, and what came of it are sealed.
CREATE TABLE searches_search (
  id bigint PRIMARY KEY,
  person bigint NOT NULL,
  home bigint NOT NULL,
  unit bigint NOT NULL,
  given bigint NOT NULL,
  given_by bigint NOT NULL,
  due bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'found', 'notFound', 'elsewhere', 'withdrawn', 'lapsed')),
  detail bytea NOT NULL,
  met bigint,
  ended bigint,
  CHECK ((state = 'open') = (ended IS NULL))
);
CREATE INDEX searches_search_state ON searches_search (state, due);
CREATE INDEX searches_search_ended ON searches_search (ended);

-- Proof of deletion by age.
CREATE TABLE searches_retention (
  id bigint PRIMARY KEY,
  ran bigint NOT NULL,
  rule text NOT NULL,
  before bigint NOT NULL,
  deleted bigint NOT NULL
);
