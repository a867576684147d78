-- In which language an account wants to be written to, as chosen in the app. Without a row: in Vietnamese.
CREATE TABLE declarations_language (
  account bigint PRIMARY KEY,
  language text NOT NULL,
  since bigint NOT NULL
);
