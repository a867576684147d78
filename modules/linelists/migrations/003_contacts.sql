-- Lists of contacts beside those of cases, and why a list is being taken back, sealed.
ALTER TABLE linelists_list ADD COLUMN about text NOT NULL DEFAULT 'cases' CHECK (about IN ('cases', 'contacts'));
ALTER TABLE linelists_list ADD COLUMN undone_for bytea;
ALTER TABLE linelists_row ADD COLUMN declared bigint;

-- Who a source's contact is, so that the same contact of two cases, or the same file again, is the same person.
CREATE TABLE linelists_contact (
  source text NOT NULL,
  external text NOT NULL,
  person bigint NOT NULL,
  PRIMARY KEY (source, external)
);
