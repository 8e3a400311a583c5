-- The type of resource belongs to what a policy put where, to events and to what they name, and
-- a task's key has its destination registry as well: the same name may be an image here and
-- something else there. Nodes of the version before know images and one destination only; what
-- they write gets these defaults.
ALTER TABLE task ADD COLUMN dest_registry_id bigint NOT NULL DEFAULT 0; -- 0: the policy's
ALTER TABLE placement ADD COLUMN resource_type text NOT NULL DEFAULT 'image';
ALTER TABLE event ADD COLUMN resource_type text NOT NULL DEFAULT 'image';
ALTER TABLE execution_item ADD COLUMN resource_type text NOT NULL DEFAULT 'image';
