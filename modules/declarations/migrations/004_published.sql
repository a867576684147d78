-- Published: from when to when somebody's declarations counted; neither answers nor colours.
CREATE VIEW declarations_pub_valid AS
SELECT person, at, valid_until
FROM declarations_declaration
WHERE replaced_by IS NULL;
