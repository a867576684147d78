-- A list whose portion failed is set aside, so that the others go on; NULL: nothing failed, or it goes on.
ALTER TABLE linelists_list ADD COLUMN stopped bigint;
