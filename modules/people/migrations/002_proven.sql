-- Whether an officer saw the paper, or wrote the phone down. What the members of a household are said to have is said by its keeper alone, whose own
-- phone is that of the account.
ALTER TABLE people_paper ADD COLUMN proven boolean NOT NULL DEFAULT false;
ALTER TABLE people_phone ADD COLUMN proven boolean NOT NULL DEFAULT false;
UPDATE people_paper
SET proven = true
WHERE NOT EXISTS (SELECT 1 FROM people_member m WHERE m.person = people_paper.person);
UPDATE people_phone
SET proven = true
WHERE NOT EXISTS (SELECT 1 FROM people_member m WHERE m.person = people_phone.person);
