-- What likely helps, apart from what happened. Nodes of the version before write neither.
ALTER TABLE execution ADD COLUMN hint text NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN hint text NOT NULL DEFAULT '';
ALTER TABLE artifact_outcome ADD COLUMN hint text NOT NULL DEFAULT '';
ALTER TABLE registry ADD COLUMN health_hint text NOT NULL DEFAULT '';
