-- Lists of a laboratory's tubes by sampling and by result, in both directions. `by_result`: when the first result came; without one 0, before all others.
ALTER TABLE laboratory_tube ADD COLUMN by_result bigint NOT NULL DEFAULT 0;
UPDATE laboratory_tube
SET by_result = resulted
WHERE resulted IS NOT NULL;
CREATE INDEX laboratory_tube_by_sampled ON laboratory_tube (laboratory, sampled, id);
CREATE INDEX laboratory_tube_by_result ON laboratory_tube (laboratory, by_result, id);
