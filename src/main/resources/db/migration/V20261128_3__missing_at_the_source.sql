-- A policy that names what its source does not have, or selects nothing at all, ends as partial
-- unless it allows that. Nodes of the version before end such an execution as succeeded, as they
-- always did, and write neither column.
ALTER TABLE policy ADD COLUMN allow_empty boolean NOT NULL DEFAULT false;

ALTER TABLE task ADD COLUMN missing boolean NOT NULL DEFAULT false; -- named by the policy, not at the source
