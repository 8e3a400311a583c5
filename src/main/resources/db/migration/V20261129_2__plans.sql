-- A plan finds out what an execution would do, and does none of it. Nodes of the version before cannot read a
-- plan's policy, which lacks its name, so that they fail at it and another node goes on.
ALTER TABLE execution ADD COLUMN mode text NOT NULL DEFAULT 'apply'; -- or plan

-- What a plan would do are results as well; code says which there are.
ALTER TABLE artifact_outcome DROP CONSTRAINT artifact_outcome_result_check;
