-- How many bytes a second may be moved; an empty object: no limit. Nodes of the version
-- before neither read nor write it, and keep to none.
ALTER TABLE policy ADD COLUMN bandwidth jsonb NOT NULL DEFAULT '{}';
ALTER TABLE registry ADD COLUMN bandwidth jsonb NOT NULL DEFAULT '{}';

-- Looked for every two seconds among thousands.
CREATE INDEX policy_bandwidth_idx ON policy (id) WHERE bandwidth <> '{}';
CREATE INDEX registry_bandwidth_idx ON registry (id) WHERE bandwidth <> '{}';

-- What an operator sets for the whole service while it runs.
CREATE TABLE setting (
    name        text PRIMARY KEY,
    value       jsonb NOT NULL,
    update_time timestamptz NOT NULL DEFAULT now()
);
